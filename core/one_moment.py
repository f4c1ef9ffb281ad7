"""Reading several tables as of one moment while others write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from core.exceptions import Refused

# PostgreSQL's code for a row that somebody else changed after the snapshot.
SERIALIZATION_FAILURE = "40001"


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything inside from one snapshot, taken at the first row that is read, without blocking writers.

    Nothing inside may write. Within another transaction or another such moment it is part of that one.
    """
    if connection.in_atomic_block or has_begun():
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django's own transactions would take SQLite's write lock.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def has_begun() -> bool:
    """Return whether a moment was begun on SQLite, which Django does not know of."""
    return connection.vendor == "sqlite" and connection.connection is not None and connection.connection.in_transaction


@contextmanager
def acting_on_one_moment() -> Iterator[None]:
    """A transaction that reads everything from one snapshot, taken at its first query, and may write. Only the outermost does.

    Raise Refused if somebody else has changed since what is locked or written here. On SQLite nobody else writes meanwhile.
    """
    chooses = connection.vendor == "postgresql" and not connection.in_atomic_block
    try:
        with transaction.atomic():
            if chooses:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != SERIALIZATION_FAILURE:
            raise
        raise Refused([_("Somebody else changed this record at the same moment. Open it again.")]) from error
