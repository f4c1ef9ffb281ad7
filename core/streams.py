"""Reads rows of several tables side by side, in the order of the records that they belong to.

It takes one query per table and keeps one record's rows in memory. `prefetch_related` would put all keys into one
statement.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

# Rows to fetch at a time.
CHUNK = 2000


class Stream:
    """Rows sorted by the record that `key` returns, handed out record by record."""

    def __init__(self, rows: Iterator[Any], key: Callable[[Any], int]):
        self.rows, self.key = rows, key
        self.next = next(self.rows, None)

    def of(self, record: int) -> list[Any]:
        """Return the rows of a record. Call it in ascending order of keys: rows of skipped records are dropped."""
        found = []
        row, rows, key = self.next, self.rows, self.key
        while row is not None and (of := key(row)) <= record:
            if of == record:
                found.append(row)
            row = next(rows, None)
        self.next = row
        return found


def rows_of(statement: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a SELECT statement, with at most CHUNK in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
