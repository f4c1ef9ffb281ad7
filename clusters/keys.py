"""Asks for many records by their keys with one parameter: a statement takes only so many, and records grow."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

# Records that are fetched with what belongs to them at a time, where Django lists their keys by itself.
BATCH_SIZE = 200
ONE_PARAMETER = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT CAST(jsonb_array_elements_text(CAST(%s AS jsonb)) AS {type})",
}


def any_of(keys: Iterable[int]) -> RawSQL:
    """Return the keys as a subquery. Usage: records.filter(pk__in=any_of(keys))."""
    return _subquery(sorted(keys), "bigint")


def any_of_words(words: Iterable[str]) -> RawSQL:
    """Return the words as a subquery. Usage: records.filter(word__in=any_of_words(words))."""
    return _subquery(sorted(words), "text")


def _subquery(values: list, sql_type: str) -> RawSQL:
    return RawSQL(ONE_PARAMETER[connection.vendor].format(type=sql_type), [json.dumps(values)])


def in_batches(records: Iterable, size: int = BATCH_SIZE):
    """Yield the records in lists of a bounded length, for what must be asked of the database list by list."""
    records = list(records)
    for start in range(0, len(records), size):
        yield records[start : start + size]
