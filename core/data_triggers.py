"""The triggers that move the version of the public data (core/data_version.py) when a watched table is written.

SQLite has one writer at a time, so numbers follow commits: each written row increases the number and notes it beside
its table. This overwrites two rows in memory for each written row.

PostgreSQL has many writers. A transaction notes each table that it writes once. The number is assigned
at commit, because a number assigned earlier could be read before its changes are visible. The row of the
number is the last lock that a transaction takes, and it waits for nothing while it holds it, so there
can be no deadlock: see `core_number_changes`.

As with the ledger's triggers, SQLite drops the triggers of a rebuilt table: every `migrate` restores them,
and a system check reports missing ones. Writes while triggers are disabled, as some restore programs do,
go unnoticed: restart the workers afterwards.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from core.data_version import EVERYTHING, telling, watched

PREFIX = "core_watch_"
# Functions of apps for further triggers: given the database and its tables, they return statements by trigger name.
others: list[Callable[[BaseDatabaseWrapper, set[str]], dict[str, str]]] = []
# The row versions in which a trigger finds the records of an event: an update may move a row to another record.
ROWS = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}

# The database's clock, in microseconds.
NOW = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
    "postgresql": "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
}
GREATEST = {"sqlite": "max", "postgresql": "greatest"}
MOVE = """INSERT INTO core_dataversion (id, number) VALUES (1, {now})
    ON CONFLICT (id) DO UPDATE SET number = {greatest}(core_dataversion.number + 1, excluded.number)"""
# Stores the number beside the table and record; an earlier note for the same ones is updated.
NOTE = """INSERT INTO core_datachange (transaction_id, source, record, number)
    VALUES (0, '{table}', {record}, (SELECT number FROM core_dataversion WHERE id = 1))
    ON CONFLICT (transaction_id, source, record) DO UPDATE SET number = excluded.number"""

POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION core_note_table() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own bigint := pg_current_xact_id()::text::bigint;
BEGIN
    -- Said before in this transaction: the setting ends with it, or with the savepoint that the row is rolled back to.
    IF current_setting('core.' || TG_NAME, true) = 'noted' THEN RETURN NULL; END IF;
    PERFORM set_config('core.' || TG_NAME, 'noted', true);
    -- The row without a source makes the transaction's number be given when it commits.
    INSERT INTO core_datachange (transaction_id, source, record) VALUES (own, '', 0), (own, TG_ARGV[0], 0)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION core_number_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- First time round at the commit. Foreign keys are checked in this round too, and may wait for somebody's lock.
        -- What is written here is looked at in the next round, when all of them are done.
        UPDATE core_datachange SET record = 1 WHERE id = NEW.id;
        RETURN NULL;
    END IF;
    DELETE FROM core_datachange WHERE id = NEW.id;
    {MOVE.format(now=NOW["postgresql"], greatest="greatest")}
        RETURNING core_dataversion.number INTO given;
    UPDATE core_datachange SET number = given, transaction_id = NULL WHERE transaction_id = NEW.transaction_id;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS core_number_changes ON core_datachange;
CREATE CONSTRAINT TRIGGER core_number_changes AFTER INSERT OR UPDATE ON core_datachange
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.source = '') EXECUTE FUNCTION core_number_changes();
"""
NOTE_TABLE = """CREATE OR REPLACE TRIGGER {name} AFTER {events} ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION core_note_table('{source}')"""
NOTE_RECORDS_FUNCTION = """CREATE OR REPLACE FUNCTION core_note_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own bigint := pg_current_xact_id()::text::bigint;
BEGIN
    INSERT INTO core_datachange (transaction_id, source, record)
        SELECT own, '', 0 UNION ALL SELECT own, '{table}', 0{records}
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;"""
RECORDS_OF = " UNION ALL SELECT DISTINCT own, '{source}', {column} FROM rows WHERE {column} IS NOT NULL"
NOTE_RECORDS = """CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} REFERENCING {which} TABLE AS rows
    FOR EACH STATEMENT EXECUTE FUNCTION core_note_{table}()"""
# For changes that bypass the triggers.
EVERYTHING_CHANGED = {
    "sqlite": [
        MOVE.format(now=NOW["sqlite"], greatest=GREATEST["sqlite"]),
        NOTE.format(table=EVERYTHING, record=0),
    ],
    "postgresql": [
        f"""INSERT INTO core_datachange (transaction_id, source, record)
        SELECT pg_current_xact_id()::text::bigint, source, 0 FROM (VALUES (''), ('{EVERYTHING}')) AS noted (source)
        ON CONFLICT DO NOTHING"""
    ],
}


def _sources(table: str, column: str | None) -> list[tuple[str, str]]:
    """Return (name, column) pairs: the names under which a row's records are noted, and the columns with their keys."""
    return [*([(table, column)] if column else []), *telling.get(table, {}).items()]


def _sqlite_triggers(table: str, column: str | None) -> dict[str, str]:
    found = {}
    move = MOVE.format(now=NOW["sqlite"], greatest=GREATEST["sqlite"])
    for event, rows in ROWS.items():
        told = [(source, f"coalesce({row}.{key}, 0)") for source, key in _sources(table, column) for row in rows]
        acts = [move] + [NOTE.format(table=source, record=record) for source, record in [(table, "0"), *told]]
        name = f"{PREFIX}{table}_{event}"
        found[name] = f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {'; '.join(acts)}; END"
    return found


def _postgresql_triggers(table: str, column: str | None) -> dict[str, str]:
    name = f"{PREFIX}{table}"
    sources = _sources(table, column)
    if not sources:
        events = "INSERT OR UPDATE OR DELETE OR TRUNCATE"
        return {name: NOTE_TABLE.format(name=name, events=events, table=table, source=table)}
    # A statement trigger on TRUNCATE has no rows.
    truncate = NOTE_TABLE.format(name=f"{name}_truncate", events="TRUNCATE", table=table, source=EVERYTHING)
    records = "".join(RECORDS_OF.format(source=source, column=key) for source, key in sources)
    found = {f"{name}_truncate": NOTE_RECORDS_FUNCTION.format(table=table, records=records) + truncate}
    for event, rows in ROWS.items():
        for which in rows:
            part = f"{name}_{event}_{which.lower()}"
            found[part] = NOTE_RECORDS.format(name=part, event=event.upper(), table=table, which=which)
    return found


INSTALLED = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """SELECT tgname, relname, '' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)""",
}
VIRTUAL = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
DROP = {"sqlite": "DROP TRIGGER {name}", "postgresql": "DROP TRIGGER {name} ON {table}"}


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the triggers that this database should have: the CREATE statements by name."""
    there = set(connection.introspection.table_names())
    if not {"core_dataversion", "core_datachange"} <= there:
        return {}
    if connection.vendor == "sqlite":
        # Virtual tables cannot have triggers. Ours is an index, written together with the tables that it indexes.
        there -= {name for (name,) in _fetch(connection, VIRTUAL)}
    triggers_of = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_triggers}[connection.vendor]
    found: dict[str, str] = {}
    for table in sorted(there & watched.keys()):
        found |= triggers_of(table, watched[table])
    for of_an_app in others:
        found |= of_an_app(connection, there)
    return found


def installed(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Return our triggers in the database, by name: the table and, on SQLite, the CREATE statement."""
    rows = _fetch(connection, INSTALLED[connection.vendor])
    return {name: (table, statement) for name, table, statement in rows if name.startswith(PREFIX)}


def _fetch(connection: BaseDatabaseWrapper, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def install(connection: BaseDatabaseWrapper) -> None:
    """Bring the triggers up to date, and move the number, because earlier changes may have bypassed them."""
    wants, has = wanted(connection), installed(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and wants:
            cursor.execute(POSTGRESQL_FUNCTIONS)
        for name, (table, statement) in has.items():
            is_replaced = connection.vendor == "postgresql" and name in wants
            if wants.get(name) != statement and not is_replaced:
                cursor.execute(DROP[connection.vendor].format(name=name, table=table))
        for name, statement in wants.items():
            if has.get(name, ("", ""))[1] != statement:
                cursor.execute(statement)
        if wants:
            say_that_everything_changed(connection)


def say_that_everything_changed(connection: BaseDatabaseWrapper) -> None:
    """Move the number beyond all that processes have cached, for instance after a database was restored from a copy."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in EVERYTHING_CHANGED[connection.vendor]:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, prefix: str) -> None:
    """Remove the triggers whose names begin with this prefix, until they are installed again."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, (table, _statement) in installed(connection).items():
            if name.startswith(prefix):
                cursor.execute(DROP[connection.vendor].format(name=name, table=table))


def goes_back(plan: Sequence[tuple[Any, bool]]) -> bool:
    """Return whether a plan of `migrate` takes anything back."""
    return any(is_backwards for _migration, is_backwards in plan)


def remove_before_going_back(sender: AppConfig, using: str, plan: Sequence[tuple[Any, bool]], **kwargs: Any) -> None:
    """Remove all triggers before a table or a column goes that one of them reads: SQLite alters no table while one fails."""
    if goes_back(plan):
        remove(connections[using], PREFIX)


def install_after_migrate(sender: AppConfig, using: str, plan: Sequence[tuple[Any, bool]] = (), **kwargs: Any) -> None:
    """Install what today's code wants, but on the tables of an older one: that one's `migrate` puts its own."""
    if not goes_back(plan):
        install(connections[using])


def check_triggers(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Warn if a change of public data would go unnoticed. Not an error, which would keep `migrate` from repairing it."""
    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        missing = wanted(connection).keys() - installed(connection).keys()
        if missing:
            message = _(
                "Pages of the database “%(alias)s” may stay out of date: %(count)d triggers are missing, as %(name)s."
            )
            hint = _("Run `migrate`: it puts them back.")
            values = {"alias": alias, "count": len(missing), "name": min(missing)}
            found.append(checks.Warning(message % values, hint=hint, id="core.W001"))
    return found
