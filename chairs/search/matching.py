"""Asks the index: which chairs have every word of a query."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from chairs.search.tokenizer import finders, query_words

Records = TypeVar("Records", bound=QuerySet[Any])

ENTRIES = {
    "sqlite": "SELECT rowid FROM chairs_search WHERE chairs_search MATCH %s",
    "postgresql": "SELECT chairs_search_entries(%s::tsquery)",
}
# How each database writes a term, the beginning of one, and all or any of several.
TERM = {"sqlite": '"{}"', "postgresql": "'{}'"}
PREFIX = {"sqlite": '"{}" *', "postgresql": "'{}':*"}
AND = {"sqlite": " AND ", "postgresql": " & "}
OR = {"sqlite": " OR ", "postgresql": " | "}


def matching(records: Records, query: str, chair: str = "pk") -> Records:
    """Return the chairs that have every word of the query; all of them where it has no word.

    Records that belong to a chair are found by its words: `chair` is then the field that leads to it.
    """
    words = query_words(query)
    return records.filter(**{f"{chair}__in": entries(finders(words))}) if words else records


def entries(groups: Iterable[Iterable[str]]) -> RawSQL:
    """Return the lines that have, of every group, any of its terms. A term that ends with * is the beginning of one."""
    vendor = connection.vendor
    question = AND[vendor].join("(" + OR[vendor].join(map(_written, group)) + ")" for group in groups)
    return RawSQL(ENTRIES[vendor], [question])


def _written(term: str) -> str:
    form = PREFIX if term.endswith("*") else TERM
    return form[connection.vendor].format(term.rstrip("*"))
