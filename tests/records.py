"""What a save writes beside the record, only for the tests that say they need it: the search index and the field history.

Both would be written at every save of every test, and take a third of the suite's time. A test that needs one says
`pytest.mark.usefixtures("search_index")` or `"field_history"`, or asks for a fixture that does. Any other that reads
one fails, whatever it finds there.
"""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from chairs.search import signals
from chairs.search.index import indexed_once

TABLES = {"search_index": ("chairs_search", "chairs_card", "chairs_activity_card"), "field_history": ("_historical",)}
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "CREATE", "DROP")
kept = set(TABLES)


@pytest.fixture(scope="session")
def search_index():
    """Say that each save writes the index, as on a server."""


@pytest.fixture(scope="session")
def field_history():
    """Say that each save writes the history, as on a server."""


def pytest_sessionstart():
    for connection in connections.all():
        connection.execute_wrappers.append(refuse_to_read_what_is_not_kept)
    connection_created.connect(watch)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before the fixtures of any scope: what they save is kept too."""
    keep(set(TABLES).intersection(getattr(item, "fixturenames", ())))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup():
    """Index what a fixture saves once, when it has saved all: a chair is saved with its people, themes and activities."""
    with indexed_once():
        return (yield)


def pytest_sessionfinish():
    keep(set(TABLES))


def keep(needed: set[str]) -> None:
    if ("search_index" in needed) != ("search_index" in kept):
        for signal, receiver, sender in signals.receivers():
            if "search_index" in needed:
                signal.connect(receiver, sender=sender, dispatch_uid=signals.DISPATCH_UID)
            else:
                signal.disconnect(receiver, sender=sender, dispatch_uid=signals.DISPATCH_UID)
    settings.SIMPLE_HISTORY_ENABLED = "field_history" in needed
    kept.clear()
    kept.update(needed)


@contextmanager
def _everything_kept():
    before = set(kept)
    keep(set(TABLES))
    yield
    keep(before)


@pytest.fixture(scope="session")
def everything_kept():
    """Return a context for what belongs to no test: the making of the database."""
    return _everything_kept


def watch(connection, **kwargs) -> None:
    """Watch a connection, those of a live server's threads too."""
    if refuse_to_read_what_is_not_kept not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_to_read_what_is_not_kept)


def refuse_to_read_what_is_not_kept(execute, sql, params, many, context):
    for name, tables in TABLES.items():
        if name not in kept and any(table in sql for table in tables) and not sql.startswith(WRITES):
            pytest.fail(f'this test reads what it does not keep: it needs pytest.mark.usefixtures("{name}")')
    return execute(sql, params, many, context)
