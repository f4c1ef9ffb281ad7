"""The version of the public data: a number that every committed change increases, in any process, even by raw SQL.

What a process caches (pages, facets, orders) is valid for one number, and is updated when the number has moved:

    if is_settled():
        number = current()               # before reading what will be cached
        changes = changes_since(kept)    # None: too much, or too long ago; load everything

The number does not say how much changed. It is never used twice: it is the time of the change in microseconds by the
database's clock, or the last number plus one if that is greater. So a database restored from a copy repeats none.
Numbers follow the order of commits: whoever reads a number also reads all changes with smaller ones.

Triggers do this (core/data_triggers.py) for every table given to `watch`. An app that
only reads the number needs this module alone.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

from core.one_moment import has_begun

# Older changes are deleted: a process that is further behind loads everything.
KEPT_MICROSECONDS = 24 * 60 * 60 * 1_000_000
# With more changed records than this, loading everything is faster.
MAX_RECORDS = 5_000
# The source of a change that may concern any table, such as a migration's.
EVERYTHING = "*"

NUMBER = "SELECT number FROM core_dataversion WHERE id = 1"
CHANGES = "SELECT source, record FROM core_datachange WHERE number > %s LIMIT %s"
FORGET = "DELETE FROM core_datachange WHERE number < %s"

# Each watched table, with the column that holds the record's key if readers need to know which record changed; else None.
watched: dict[str, str | None] = {}
# By watched table: further names under which a written row is noted, with the column of each that holds the record's key.
telling: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class Changes:
    """The tables that were written, and the changed records of those tables for which they are noted."""

    tables: set[str] = field(default_factory=set)
    records: Mapping[str, set[int]] = field(default_factory=dict)


def watch(tables: Mapping[str, str | None]) -> None:
    """Make the number move whenever one of these tables is written. Call it while apps load, before `migrate`."""
    watched.update(tables)


def tell(source: str, columns: Mapping[str, str]) -> None:
    """Make `DataChange` note, under the name `source`, the records of written rows: `columns` has their column by table.

    Call it while apps load, for watched tables.
    """
    for table, column in columns.items():
        telling.setdefault(table, {})[source] = column


def is_settled() -> bool:
    """Return whether a read sees exactly what every process sees.

    Inside a transaction it does not: nothing read there may be cached, and no cached value may be used.
    """
    return not (connection.in_atomic_block or has_begun())


def current() -> int:
    """Return the current number of the committed data. Raise a DatabaseError if the database does not answer.

    Every public page begins with this, so it bypasses Django's cursor, which would first check the connection on
    PostgreSQL. If the connection is dead, it is closed, and the next query opens a new one.
    """
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    try:
        with own.wrap_database_errors:
            # Fetch all rows: an unfinished cursor would keep SQLite at its current snapshot.
            rows = own.connection.execute(NUMBER).fetchall()
    except Error:
        if not own.in_atomic_block:
            own.close()
        raise
    return int(rows[0][0]) if rows else 0


def changes_since(number: int) -> Changes | None:
    """Return what was written after this number; None if it is no longer known, or too much."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [number, MAX_RECORDS + 1])
        rows = cursor.fetchall()
    # Read after the rows, so that changes deleted before they were read are recognised by their age.
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
    """Delete changes too old for `changes_since`, and return the number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [current() - KEPT_MICROSECONDS])
        return int(cursor.rowcount)
