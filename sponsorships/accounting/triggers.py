"""Triggers by which the database itself refuses to change or empty the ledger.

SQLite drops triggers when a migration rebuilds a table: they are reinstalled after every `migrate`, and a system check
reports them missing.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

TABLE = "sponsorships_ledgerentry"
SENTENCE = "The ledger is append-only: an entry is reversed, never changed or deleted."

SQLITE = [
    *(
        f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{act} BEFORE {act} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"""
        for act in ("update", "delete")
    ),
    # INSERT OR REPLACE deletes the row whose key it takes without firing the trigger of a deletion.
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (
        SELECT 1 FROM {TABLE} WHERE id = NEW.id
        OR (sponsorship_id = NEW.sponsorship_id AND position = NEW.position)
        OR (act = NEW.act AND line = NEW.line) OR reverses_id = NEW.reverses_id
    ) BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END""",
]
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
    # TRUNCATE does not fire row triggers.
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
]
INSTALL = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{act}" for act in ("update", "delete", "replace")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{act} ON {TABLE}" for act in ("change", "truncate")],
}
COUNT = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s || '_no_%%'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s || '_no_%%'",
}
EXPECTED = {"sqlite": len(SQLITE), "postgresql": 2}


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for tests and for restoring a backup."""
    _run(connection, REMOVE)


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(COUNT[connection.vendor], [TABLE])
        (count,) = cursor.fetchone()
    return int(count) >= EXPECTED[connection.vendor]


def install_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def check_triggers(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warn if a database has the ledger's table without its triggers; an error would stop the `migrate` that installs them."""
    return [checks.Warning(*said, id="sponsorships.W001") for said in _unguarded(databases or [])]


def check_triggers_of_deployment(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Report the same as an error for deployment: `check --deploy --database default` fails at any level."""
    return [checks.Error(*said, id="sponsorships.E001") for said in _unguarded(databases or [])]


def _unguarded(databases: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each database that has the table without its triggers."""
    for alias in databases:
        connection = connections[alias]
        if TABLE in connection.introspection.table_names() and not are_installed(connection):
            message = _("The ledger of the database “%(alias)s” can be changed: its triggers are missing.")
            yield message % {"alias": alias}, _("Run `migrate`: it puts them back.")


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
