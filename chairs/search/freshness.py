"""Keeps lists and search from showing anything older than the records.

Saving a record through the application indexes its chairs at once. Bulk updates and SQL leave marks instead
(chairs/search/marks.py): the next reader, in any process, first indexes the marked chairs. This is the only thing that
a GET writes: data derived from the records.
"""

import logging
from collections.abc import Collection

from django.db import DatabaseError, connection, transaction

from chairs.models import Chair
from chairs.search import index, marks
from core.data_version import current, is_settled
from core.primary_keys import BATCH_SIZE, any_of
from core.replica.reading import ask_the_primary, database_read

logger = logging.getLogger(__name__)

# The most chairs that one request indexes, about three seconds' work; the following requests do the rest.
MAX_AT_ONCE = 5 * BATCH_SIZE
# Under constant writes, give up after this many tries: the result may be a moment old.
MAX_TRIES = 3
# If another transaction locks a chair for longer, show the older state. Shorter than PostgreSQL's deadlock_timeout.
WAIT_NO_LONGER = "SET LOCAL lock_timeout = '900ms'"

# By database: the last version of the data without marks, and whether this process last left marks unprocessed.
_right_at: dict[str, int] = {}
_is_behind: dict[str, bool] = {}


def brought_up_to_date() -> int:
    """Index the marked chairs; return the version of the data at which this was checked. Only outside transactions."""
    database = database_read()
    for _time in range(MAX_TRIES):
        number = current()
        if number == _right_at.get(database):
            break
        if not marks.are_there():
            _right_at[database], _is_behind[database] = number, False
            break
        if not catch_up(MAX_AT_ONCE):
            _is_behind[database] = True
            break
    return number


def bring_up_to_date() -> None:
    """Index the marked chairs before a direct query of the index. Does nothing inside a transaction."""
    if is_settled():
        brought_up_to_date()


def still_marked(pks: Collection[int]) -> set[int]:
    """Return the chairs, among these, that are still marked: there were too many, or the database is read-only."""
    return marks.chairs().intersection(pks) if _is_behind.get(database_read()) else set()


def catch_up(most: int | None = None) -> bool:
    """Index the marked chairs, at most about `most`. Return whether all are done; each batch is committed by itself.

    Does nothing on a read-only replica, or while this thread postpones indexing.
    """
    if index.is_put_off() or ask_the_primary():
        return False
    done = 0
    try:
        marks.spread()
        while number := _next_batch():
            done += number
            if most is not None and done >= most:
                return not marks.are_there()
    except DatabaseError as error:
        logger.warning("Lists and search may be behind the records: %s", str(error).strip())
        return False
    return True


def _next_batch() -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(WAIT_NO_LONGER)
        pks = marks.first(BATCH_SIZE)
        if pks:
            there = set(Chair.objects.filter(pk__in=any_of(pks)).values_list("pk", flat=True))
            index.reindex(there)
            for pk in pks - there:
                index.forget(pk)
    return len(pks)
