"""Rows of several tables, read side by side in the order of the records that they belong to.

One query each, however many records there are, and no more in memory than one record's rows: `prefetch_related` would put
all keys into one statement.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

# Rows that are fetched at a time.
CHUNK = 2000


class Stream:
    """Rows in the order of the records that `key` names, handed out record by record."""

    def __init__(self, rows: Iterator[Any], key: Callable[[Any], int]):
        self.rows, self.key = rows, key
        self.next = next(self.rows, None)

    def of(self, record: int) -> list[Any]:
        """Return the rows of a record. Records are asked for in their order; rows of others are passed over."""
        found = []
        row, rows, key = self.next, self.rows, self.key
        while row is not None and (of := key(row)) <= record:
            if of == record:
                found.append(row)
            row = next(rows, None)
        self.next = row
        return found


def rows_of(statement: str) -> Iterator[tuple[Any, ...]]:
    """Yield what a SELECT answers, as the database gives it, with few rows in memory at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
