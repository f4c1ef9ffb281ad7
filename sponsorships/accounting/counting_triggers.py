"""Triggers that mark each sponsorship for recounting when a row changes that its figures depend on, whoever changes it.

Each mark is a new row, so that it never waits for another transaction. Like the ledger's triggers, these are
reinstalled after every `migrate`.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from core import data_triggers

MARKS = "sponsorships_uncountedchange"
SPONSORSHIPS = "sponsorships_sponsorship"
OF_CHAIR = f"SELECT id AS one FROM {SPONSORSHIPS} WHERE chair_id = "
# Table, event, columns whose change matters, and the sponsorships to mark; {row} is NEW or OLD.
WATCHED = [
    ("sponsorships_ledgerentry", "INSERT", (), "SELECT {row}.sponsorship_id AS one"),
    (SPONSORSHIPS, "INSERT", (), "SELECT {row}.id AS one"),
    (
        SPONSORSHIPS,
        "UPDATE",
        ("status", "confidentiality", "named_from", "amount_from", "origin", "chair_id"),
        "SELECT {row}.id AS one",
    ),
    ("sponsorships_sponsorshiptransition", "INSERT", (), "SELECT {row}.record_id AS one"),
    ("sponsorships_sponsorshiptransition", "UPDATE", ("record_id", "at", "target"), "SELECT {row}.record_id AS one"),
    ("sponsorships_sponsorshiptransition", "DELETE", (), "SELECT {row}.record_id AS one"),
    ("chairs_chair", "UPDATE", ("status", "cluster_id"), OF_CHAIR + "{row}.id"),
    ("chairs_clustershare", "INSERT", (), OF_CHAIR + "{row}.chair_id"),
    (
        "chairs_clustershare",
        "UPDATE",
        ("chair_id", "cluster_id", "percent", "agreed_at"),
        OF_CHAIR + "{row}.chair_id",
    ),
    ("chairs_clustershare", "DELETE", (), OF_CHAIR + "{row}.chair_id"),
]


def _sqlite() -> list[str]:
    """Return the statements for SQLite. One mark per sponsorship is enough: no recount runs during a write."""
    made = []
    for table, event, columns, marked in WATCHED:
        name = _name(table, event)
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        inserts = "".join(
            f"""INSERT INTO {MARKS} (sponsorship_id) SELECT * FROM ({marked.format(row=row)}) AS found
            WHERE one NOT IN (SELECT sponsorship_id FROM {MARKS}); """
            for row in _rows(event)
        )
        made += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"""CREATE TRIGGER {name} AFTER {event} ON {table} {f"WHEN {changed}" if changed else ""}
            BEGIN {inserts} END""",
        ]
    return made


def _postgresql() -> list[str]:
    """Return the statements for PostgreSQL: each transaction inserts its own mark, so that none is lost."""
    made = []
    for table, event, columns, marked in WATCHED:
        name = _name(table, event)
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        inserts = "".join(f"INSERT INTO {MARKS} (sponsorship_id) {marked.format(row=row)}; " for row in _rows(event))
        made += [
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN {inserts} RETURN NULL; END $$""",
            f"""CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table}
            FOR EACH ROW {f"WHEN ({changed})" if changed else ""} EXECUTE FUNCTION {name}()""",
        ]
    return made


def _name(table: str, event: str) -> str:
    return f"{table}_counts_{event.lower()}"


def _rows(event: str) -> list[str]:
    return {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}[event]


def install(connection: BaseDatabaseWrapper) -> None:
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, until they are installed again."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, event, _columns, _marked in WATCHED:
            if table in there:
                of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)}{of_table}")


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    count = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(count[connection.vendor], ["%_counts_%"])
        (found,) = cursor.fetchone()
    return int(found) >= len(WATCHED)


def remove_before_going_back(sender: AppConfig, using: str, plan: Sequence[tuple[Any, bool]], **kwargs: Any) -> None:
    if data_triggers.goes_back(plan):
        remove(connections[using])


def install_after_migrate(sender: AppConfig, using: str, plan: Sequence[tuple[Any, bool]] = (), **kwargs: Any) -> None:
    connection = connections[using]
    if not data_triggers.goes_back(plan) and MARKS in connection.introspection.table_names():
        install(connection)
