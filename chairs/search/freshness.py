"""Lets readers of lists and of the search find nothing that is older than the records.

Whoever saves a record through the application indexes its chairs at once. After a bulk update or SQL by hand there are
marks (chairs/search/marks.py): the next reader, in whatever process, indexes the chairs that are marked before it answers.
That is the one thing that a GET may write: nothing but what follows from the records.
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

# One reader indexes no more than these, some three seconds' work; the next ones go on.
MAX_AT_ONCE = 5 * BATCH_SIZE
# Somebody changes things all the time: then the answer is that of a moment ago.
MAX_TRIES = 3
# Somebody may hold a chair for long; until then, the answer is that of before. Below PostgreSQL's deadlock_timeout.
WAIT_NO_LONGER = "SET LOCAL lock_timeout = '900ms'"

# The last version of the data at which nothing was marked, and whether something was when this process last looked: of each
# database that it reads.
_right_at: dict[str, int] = {}
_is_behind: dict[str, bool] = {}


def brought_up_to_date() -> int:
    """Index what is marked, and return the version of the data at which that was looked for. Outside transactions only."""
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
    """Index what is marked before the search index is asked by itself. Inside a transaction it is asked as it stands."""
    if is_settled():
        brought_up_to_date()


def still_marked(pks: Collection[int]) -> set[int]:
    """Return those of the chairs that are marked still: there were too many, or this database takes no changes."""
    return marks.chairs().intersection(pks) if _is_behind.get(database_read()) else set()


def catch_up(most: int | None = None) -> bool:
    """Index the chairs that are marked, so many at most. Return whether all are done; each batch is committed by itself.

    A database that takes no changes, such as a copy for reading, is left as it is; so is what this thread indexes later.
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
