"""SQLite is told each night what its tables hold: it never looks by itself, and would choose indexes blindly."""

import pytest
from django.core.management import call_command
from django.db import connection

from chairs.models import Chair
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.only_on("sqlite")
def test_sqlite_knows_how_many_rows_there_are():
    for _number in range(3):
        factories.make_chair("active")
    call_command("analyse_tables")
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'chairs_chair' AND idx = 'chairs_chair_latest'")
        [(stat,)] = cursor.fetchall()
    assert stat.split()[0] == str(Chair.objects.count()) == "3"


@pytest.mark.only_on("postgresql")
def test_postgresql_is_left_to_itself(django_assert_num_queries):
    with django_assert_num_queries(0):
        call_command("analyse_tables")
