"""Replaces the primary database by the replica while one request is handled.

All queries inside (querysets, raw SQL, prepared queries) go to the replica without knowing it. What a process caches is
kept apart for the two (`Newest`, `database_read`), because the replica is at an earlier version.

The replica is read-only. Code that has to write while reading from it calls `ask_the_primary`, and
the request is handled again with the primary.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler, DatabaseErrorWrapper

T = TypeVar("T")

PRIMARY, REPLICA = "primary", "replica"
# Not Django's default alias: a connection pool belongs to an alias, and the two must not share one.
ALIAS = REPLICA

_thread = threading.local()


class Reading:
    """One request handled with the replica, with the reason if it has to be repeated."""

    def __init__(self, copy: BaseDatabaseWrapper) -> None:
        self.copy = copy
        self.failure: BaseException | None = None
        self.wants_primary = False


def database_read() -> str:
    """Return which database this thread reads now, PRIMARY or REPLICA."""
    return PRIMARY if _reading() is None else REPLICA


def ask_the_primary() -> bool:
    """Have the request handled again by the primary, if the replica is being read. Return whether it is."""
    reading = _reading()
    if reading is None:
        return False
    reading.wants_primary = True
    return True


def _reading() -> Reading | None:
    return getattr(_thread, "reading", None)


class Newest(Generic[T]):
    """The latest value that a process derived from the data, per database, with a lock for making the next one."""

    def __init__(self) -> None:
        self._values: dict[str, T] = {}
        self._locks = {PRIMARY: threading.Lock(), REPLICA: threading.Lock()}

    @property
    def lock(self) -> threading.Lock:
        return self._locks[database_read()]

    @property
    def value(self) -> T | None:
        return self._values.get(database_read())

    @value.setter
    def value(self, value: T) -> None:
        self._values[database_read()] = value


class _Copies(ConnectionHandler):
    """The connections to the replica, one per thread, like Django's."""

    def create_connection(self, alias: str) -> BaseDatabaseWrapper:
        copy: BaseDatabaseWrapper = super().create_connection(alias)
        # Every query passes here, so an error is noted even if a view catches it.
        vars(copy)["wrap_database_errors"] = _NotedErrors(copy)
        return copy


class _NotedErrors(DatabaseErrorWrapper):
    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        reading = _reading()
        if error is not None and reading is not None and reading.failure is None:
            reading.failure = error
        super().__exit__(kind, error, traceback)


_copies: _Copies | None = None


def copy_of_this_thread() -> BaseDatabaseWrapper:
    """Return this thread's connection to the replica. It opens at the first query."""
    global _copies
    if _copies is None or _copies.settings[ALIAS] is not settings.DATABASE_REPLICA:
        # Django's handler requires a default, which is never used.
        _copies = _Copies({DEFAULT_DB_ALIAS: {}, ALIAS: settings.DATABASE_REPLICA})
    return _copies[ALIAS]


@contextmanager
def reading_the_copy() -> Iterator[Reading]:
    """Make this thread read the replica inside. Nothing inside may write or outlive the block, as a streamed response would."""
    copy = copy_of_this_thread()
    copy.close_if_unusable_or_obsolete()
    reading, database = Reading(copy), connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS], _thread.reading = copy, reading
    try:
        yield reading
    finally:
        connections[DEFAULT_DB_ALIAS], _thread.reading = database, None
        copy.close_if_unusable_or_obsolete()
