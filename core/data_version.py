"""The version of the public data: a number that every committed change of it moves, in any process, by raw SQL too.

What is kept in a process (pages, facets, orders) is kept for one number, and brought up to date when it has moved:

    if is_settled():
        number = current()               # before reading what will be kept
        changes = changes_since(kept)    # None: too much, or too long ago; load everything

The number says nothing about how much changed. It is never used twice: it is the time of the change in microseconds by the
database's clock, or one more than the last where that is later, so that a database restored from a copy repeats none.
Numbers follow the order of commits: whoever reads a number also reads everything that has a smaller one.

Triggers do the work (core/data_triggers.py) on every table that `watch` was told of. An app that only reads this module
needs to know no more.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

# What happened longer ago is forgotten: whoever is so far behind loads everything.
KEPT_MICROSECONDS = 24 * 60 * 60 * 1_000_000
# More changed records than this are not named one by one: loading everything is quicker.
MAX_RECORDS = 5_000
# The source of a change that may be one of any table, as a migration's.
EVERYTHING = "*"

NUMBER = "SELECT number FROM core_dataversion WHERE id = 1"
CHANGES = "SELECT source, record FROM core_datachange WHERE number > %s LIMIT %s"
FORGET = "DELETE FROM core_datachange WHERE number < %s"

# Each watched table, with the column that names the record where readers need to know which; else None.
watched: dict[str, str | None] = {}
# Of a watched table, what else a written row tells of: by the name under which that is noted, the column that names it.
telling: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class Changes:
    """What was written: the tables, and of those that say it, the records."""

    tables: set[str] = field(default_factory=set)
    records: Mapping[str, set[int]] = field(default_factory=dict)


def watch(tables: Mapping[str, str | None]) -> None:
    """Let the number move whenever one of these tables is written. Said while the apps load, before `migrate`."""
    watched.update(tables)


def tell(source: str, columns: Mapping[str, str]) -> None:
    """Let `DataChange` note under this name which records the written rows of tables are about: a column of each table.

    Said while the apps load, of tables that are watched.
    """
    for table, column in columns.items():
        telling.setdefault(table, {})[source] = column


def is_settled() -> bool:
    """Return whether what is read now is what every process reads.

    Inside a transaction it is not: nothing read there may be kept, and nothing that is kept may be trusted.
    """
    return not connection.in_atomic_block


def current() -> int:
    """Return the number of the data as it is committed now. Raise a DatabaseError where the database is away.

    Every public page begins with this, so it goes past Django's cursor, which would first ask PostgreSQL whether the
    connection still lives. Where it does not, it is closed, and the next query opens another.
    """
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    try:
        with own.wrap_database_errors:
            # All rows: a cursor that is not at its end would hold SQLite to what it sees now.
            rows = own.connection.execute(NUMBER).fetchall()
    except Error:
        if not own.in_atomic_block:
            own.close()
        raise
    return int(rows[0][0]) if rows else 0


def changes_since(number: int) -> Changes | None:
    """Return what was written after this number; None where that is not known any more, or not worth naming."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [number, MAX_RECORDS + 1])
        rows = cursor.fetchall()
    # Read after the rows: whatever was forgotten before them is then known to be.
    now = current()
    if number == now:
        return Changes()
    if not now - KEPT_MICROSECONDS < number < now or not 0 < len(rows) <= MAX_RECORDS:
        return None
    records: defaultdict[str, set[int]] = defaultdict(set)
    tables = {source for source, _record in rows}
    for source, record in rows:
        if record:
            records[source].add(record)
    return None if EVERYTHING in tables else Changes(tables, dict(records))


def forget_old_changes() -> int:
    """Delete what is too old for `changes_since`, and return how many rows that was."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [current() - KEPT_MICROSECONDS])
        return int(cursor.rowcount)
