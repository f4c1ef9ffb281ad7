"""Rows of several tables, read side by side in the order of the records that they belong to.

One query each, however many records there are, and no more in memory than one record's rows: `prefetch_related` would put
all keys into one statement.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

# Rows that are fetched at a time.
CHUNK = 2000


class Stream:
    """Rows in the order of the records that `key` names, handed out record by record."""

    def __init__(self, rows: QuerySet[Any, Any], key: Callable[[Any], int]):
        self.rows, self.key = rows.iterator(CHUNK), key
        self.next = next(self.rows, None)

    def of(self, record: int) -> list[Any]:
        """Return the rows of a record. Records are asked for in their order; rows of others are passed over."""
        found = []
        while self.next is not None and self.key(self.next) <= record:
            if self.key(self.next) == record:
                found.append(self.next)
            self.next = next(self.rows, None)
        return found
