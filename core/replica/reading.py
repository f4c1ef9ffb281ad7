"""The copy of the database, in the place of the database itself, while one request is answered from it.

Whatever asks the database within (a queryset, SQL by hand, a prepared query) asks the copy, and knows nothing of it. What a
process keeps of what it read is kept apart for each of the two (`Newest`, `database_read`): the copy is at an earlier version.

The copy takes no changes. Who finds something to write while reading from it says so (`ask_the_primary`), and the request is
answered once more, by the database itself.
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
# No name of Django's: a pool of connections belongs to the name, and these must not meet.
ALIAS = REPLICA

_thread = threading.local()


class Reading:
    """One request that is answered from the copy, and why it cannot be, if so."""

    def __init__(self, copy: BaseDatabaseWrapper) -> None:
        self.copy = copy
        self.failure: BaseException | None = None
        self.wants_primary = False


def database_read() -> str:
    """Return which database this thread reads now."""
    return PRIMARY if _reading() is None else REPLICA


def ask_the_primary() -> bool:
    """Let the request be answered by the database itself, where it is the copy that is read. Return whether it is."""
    reading = _reading()
    if reading is None:
        return False
    reading.wants_primary = True
    return True


def _reading() -> Reading | None:
    return getattr(_thread, "reading", None)


class Newest(Generic[T]):
    """What a process last made of the data: of each database that it reads, with a lock for whoever makes the next."""

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
    """The connections to the copy: one for each thread, as those to the database."""

    def create_connection(self, alias: str) -> BaseDatabaseWrapper:
        copy: BaseDatabaseWrapper = super().create_connection(alias)
        # All that a database answers passes here: a view that catches an error must not hide it.
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
    """Return this thread's connection to the copy; it opens at the first question."""
    global _copies
    if _copies is None or _copies.settings[ALIAS] is not settings.DATABASE_REPLICA:
        # Django's handler wants a default, which nobody asks for.
        _copies = _Copies({DEFAULT_DB_ALIAS: {}, ALIAS: settings.DATABASE_REPLICA})
    return _copies[ALIAS]


@contextmanager
def reading_the_copy() -> Iterator[Reading]:
    """Let this thread read the copy within. Nothing within may write, nor outlive it: what streams reads later."""
    copy = copy_of_this_thread()
    copy.close_if_unusable_or_obsolete()
    reading, database = Reading(copy), connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS], _thread.reading = copy, reading
    try:
        yield reading
    finally:
        connections[DEFAULT_DB_ALIAS], _thread.reading = database, None
        copy.close_if_unusable_or_obsolete()
