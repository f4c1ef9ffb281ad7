"""Primary keys: which texts can be one, and how to query many of them although a statement takes few parameters."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from core.prepared import Argument

Record = TypeVar("Record")

# How many records to prefetch relations for at a time: Django puts all their keys into one statement.
BATCH_SIZE = 200
# A longer number may exceed 64 bits, which the databases refuse.
KEY_MAX_DIGITS = 18
ONE_PARAMETER = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT CAST(jsonb_array_elements_text(CAST(%s AS jsonb)) AS {type})",
}


def is_key(text: str) -> bool:
    """Return whether a text from a URL or a form can be a primary key."""
    return text.isascii() and text.isdecimal() and len(text) <= KEY_MAX_DIGITS


def any_of(keys: Iterable[int] | Argument) -> RawSQL:
    """Return the keys as a subquery. Usage: records.filter(pk__in=any_of(keys))."""
    return _subquery(keys if isinstance(keys, Argument) else json.dumps(sorted(keys)), "bigint")


def any_given(name: str) -> RawSQL:
    """Return the keys given to a prepared query, as a subquery. Usage: prepared(name=as_one(keys))."""
    sql = ONE_PARAMETER[connection.vendor].format(type="bigint")
    return RawSQL(sql, [Argument(name, TextField())])


def as_one(keys: Iterable[int]) -> str:
    """Return many keys as one parameter of a statement (JSON)."""
    return json.dumps(sorted(keys))


def any_of_words(words: Iterable[str]) -> RawSQL:
    """Return the words as a subquery. Usage: records.filter(word__in=any_of_words(words))."""
    return _subquery(json.dumps(sorted(words)), "text")


def _subquery(values: Any, sql_type: str) -> RawSQL:
    return RawSQL(ONE_PARAMETER[connection.vendor].format(type=sql_type), [values])


def in_batches(records: Iterable[Record], size: int = BATCH_SIZE) -> Iterator[list[Record]]:
    """Yield the records in lists of at most `size`, for queries that must be made list by list."""
    everything = list(records)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]
