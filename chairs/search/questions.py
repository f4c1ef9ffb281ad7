"""Queries the index in each database's syntax. Terms consist of letters, digits and _ only, and are bound parameters."""

import json
import sys
from array import array
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from chairs.search.documents import Field
from chairs.search.lines import placed

ENTRIES = {
    "sqlite": "SELECT rowid FROM chairs_search_terms WHERE chairs_search_terms MATCH %s",
    "postgresql": "SELECT chairs_search_entries(%s::tsquery)",
}
ANSWERS = {
    "sqlite": (
        "SELECT (SELECT group_concat(rowid) FROM chairs_search_terms WHERE chairs_search_terms MATCH asked.value)"
        " FROM json_each(%s) AS asked ORDER BY asked.key"
    ),
    "postgresql": "SELECT pks FROM chairs_search_answers(%s::tsquery[]) ORDER BY place",
}
# Each database's syntax for a term, a prefix, and for all or any of several.
TERM = {"sqlite": '"{}"', "postgresql": "'{}'"}
PREFIX = {"sqlite": '"{}" *', "postgresql": "'{}':*"}
AND = {"sqlite": " AND ", "postgresql": " & "}
OR = {"sqlite": " OR ", "postgresql": " | "}


def in_field(field: Field, term: str, is_published: bool = True) -> list[str]:
    """Return what a line can have for a term in a field. A term that ends with * is a prefix."""
    if term.endswith("*"):
        return [placed(field, term, is_published, is_word=True)]
    return [placed(field, term, is_published, is_word=is_word) for is_word in (True, False)]


def question(*groups: Iterable[str]) -> str:
    """Return the index query for the lines that have a term of every group."""
    vendor = connection.vendor
    return AND[vendor].join(f"({OR[vendor].join([_written(term, vendor) for term in group])})" for group in groups)


def any_question(asked: Iterable[Iterable[Iterable[str]]]) -> str:
    """Return the index query for the lines that match any of several queries, each given by its groups."""
    return OR[connection.vendor].join(f"({question(*groups)})" for groups in asked)


def all_questions(asked: Iterable[str]) -> str:
    """Return the index query for the lines that match all of several queries."""
    return AND[connection.vendor].join(f"({written})" for written in asked)


def _written(term: str, vendor: str) -> str:
    return PREFIX[vendor].format(term[:-1]) if term.endswith("*") else TERM[vendor].format(term)


def entries(*groups: Iterable[str]) -> RawSQL:
    """Return the chairs that match an index query, as a subquery."""
    return RawSQL(ENTRIES[connection.vendor], [question(*groups)])


def answers(questions: list[str]) -> list[BitMap]:
    """Return the chairs that match each index query, in one database query."""
    is_text = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS[connection.vendor], [json.dumps(questions) if is_text else questions])
        rows = cursor.fetchall()
    read = _from_text if is_text else _from_bytes
    return [read(pks) if pks else BitMap() for (pks,) in rows]


def _from_text(pks: str) -> BitMap:
    return BitMap(array("I", json.loads(f"[{pks}]")))


def _from_bytes(pks: bytes) -> BitMap:
    """Return the numbers that PostgreSQL's int4send wrote: four bytes each, the highest first."""
    numbers = array("I", bytes(pks))
    if sys.byteorder == "little":
        numbers.byteswap()
    return BitMap(numbers)
