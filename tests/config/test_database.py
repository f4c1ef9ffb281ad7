import pytest
from django.db import connection

from config.environment import CONNECTION_MAX_AGE, POSTGRESQL_CONNECT_TIMEOUT, SQLITE_BUSY_TIMEOUT, SQLITE_STATEMENTS

pytestmark = pytest.mark.database(quick=True)


def ask(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")
def test_sqlite_writes_ahead_waits_its_turn_and_holds_foreign_keys():
    assert ask("PRAGMA journal_mode") == "wal"
    assert ask("PRAGMA foreign_keys") == 1
    assert ask("PRAGMA busy_timeout") == SQLITE_BUSY_TIMEOUT * 1000
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["cached_statements"] == SQLITE_STATEMENTS


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_postgresql_is_asked_for_a_connection_once_and_not_for_ever():
    assert int(ask("SHOW server_version_num")) >= 150000
    assert connection.settings_dict["CONN_MAX_AGE"] == CONNECTION_MAX_AGE
    assert connection.settings_dict["CONN_HEALTH_CHECKS"]
    assert connection.settings_dict["OPTIONS"]["connect_timeout"] == POSTGRESQL_CONNECT_TIMEOUT


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_postgresql_starts_no_other_process_for_a_question():
    assert ask("SHOW max_parallel_workers_per_gather") == "0"
