"""The triggers that mark chairs whose card or index line is out of date (chairs/search/marks.py).

They are installed, restored after each `migrate` and checked with the version triggers: core/data_triggers.py. A
trigger fires for a row only if a column that chairs show differs (chairs/search/sources.py). A shared record is marked
itself, so that its change writes one row however many chairs show it.

A migration cannot change a column that a trigger reads, so the triggers are removed before such a migration. What migrations
write after that is not marked.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections, migrations
from django.db.backends.base.base import BaseDatabaseWrapper

from chairs.models import StaleMark
from chairs.search.sources import Source, sources
from core import data_triggers

PREFIX = f"{data_triggers.PREFIX}stale_"
MARKS = StaleMark._meta.db_table
# Marks both the record that the row belonged to and the one that it belongs to now.
MARK = "INSERT INTO {marks} (source, record) SELECT '{marked}', changed.record FROM ({records}) AS changed"
# SQLite has one writer at a time: an existing mark cannot be another transaction's, and is enough.
UNLESS_MARKED = """ WHERE NOT EXISTS
    (SELECT 1 FROM {marks} WHERE source = '{marked}' AND {marks}.record = changed.record)"""
DIFFER = {"sqlite": "OLD.{0} IS NOT NEW.{0}", "postgresql": "OLD.{0} IS DISTINCT FROM NEW.{0}"}
TRIGGER = {
    "sqlite": "CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} BEGIN {mark}; END",
    "postgresql": """CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {mark}; RETURN NULL; END $$;
        CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()""",
}
# A truncation fires no row trigger: mark every indexed chair.
TRUNCATED = """CREATE OR REPLACE FUNCTION {prefix}truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO {marks} (source, record) SELECT 'chairs_chair', rowid FROM chairs_search; RETURN NULL; END $$;
    CREATE OR REPLACE TRIGGER {name} AFTER TRUNCATE ON {table} EXECUTE FUNCTION {prefix}truncate()"""
CHANGES_COLUMNS = (migrations.AlterField, migrations.RemoveField, migrations.RenameField, migrations.DeleteModel)


def triggers(connection: BaseDatabaseWrapper, tables: set[str]) -> dict[str, str]:
    """Return the SQL that creates each trigger, by name; empty while a table is missing."""
    found: dict[str, str] = {}
    everything = list(sources())
    if not {MARKS, "chairs_search", *(source.table for source in everything)} <= tables:
        return found
    for source in everything:
        found |= dict(_of(source, connection.vendor))
    return found


def _of(source: Source, vendor: str) -> Iterator[tuple[str, str]]:
    events = data_triggers.ROWS if source.is_part else {"update": ["NEW"]}
    mark = MARK + UNLESS_MARKED if vendor == "sqlite" else MARK
    differ = " OR ".join(DIFFER[vendor].format(column) for column in source.columns)
    for event, rows in events.items():
        name = f"{PREFIX}{source.table}_{event}"
        records = " UNION ".join(f"SELECT {row}.{source.key} AS record" for row in rows)
        yield (
            name,
            TRIGGER[vendor].format(
                name=name,
                event=event.upper(),
                table=source.table,
                when=f"WHEN ({differ})" if event == "update" else "",
                mark=mark.format(marks=MARKS, marked=source.marked, records=records),
            ),
        )
    if vendor == "postgresql" and source.is_part:
        name = f"{PREFIX}{source.table}_truncate"
        yield name, TRUNCATED.format(prefix=PREFIX, marks=MARKS, name=name, table=source.table)


def remove_before_columns_change(using: str, plan: list[tuple[Any, bool]], **kwargs: Any) -> None:
    """Remove the triggers before a migration that may change a column that one of them reads."""
    operations = [operation for migration, _backwards in plan for operation in migration.operations]
    if any(isinstance(operation, CHANGES_COLUMNS) for operation in operations):
        data_triggers.remove(connections[using], PREFIX)
