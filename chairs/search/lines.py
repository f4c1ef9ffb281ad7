"""The lines of the index: what stands there for each chair. Each database keeps them in its own way.

A line has each term of a chair once: after the number of the first field that has it, and before a mark unless it is a
word of the vocabulary ("0robots" and "0robot_" for a published chair whose title has "robots"). A chair that is not
published has letters for numbers, so that no question of the public meets it. Values are bound, and a term has
letters, digits and _ alone.
"""

import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from chairs.search.documents import Document, Field
from core.primary_keys import any_of

# What stands before a term, by its field.
PUBLISHED, NOT_PUBLISHED = "01234567", "abcdefgh"
NOT_A_WORD = "_"

KEPT = {
    "sqlite": "SELECT rowid, terms FROM chairs_search WHERE rowid IN ({})",
    # Locked: of two transactions that change a chair, the second reads what the first has written before it writes.
    "postgresql": "SELECT rowid, terms FROM chairs_search WHERE rowid IN ({}) ORDER BY rowid FOR UPDATE",
}
WRITE = {
    "sqlite": "INSERT OR REPLACE INTO chairs_search (rowid, terms) VALUES (%s, %s)",
    # Its index casts them to a tsvector, which bypasses PostgreSQL's own parser.
    "postgresql": (
        "INSERT INTO chairs_search (rowid, terms) VALUES (%s, %s)"
        " ON CONFLICT (rowid) DO UPDATE SET terms = excluded.terms"
    ),
}
REMOVE = "DELETE FROM chairs_search WHERE rowid = %s"
# SQLite's index keeps no text, and so must be told what it is to forget.
INDEX = "INSERT INTO chairs_search_terms (rowid, terms) VALUES (%s, %s)"
UNINDEX = "INSERT INTO chairs_search_terms (chairs_search_terms, rowid, terms) VALUES ('delete', %s, %s)"
# Written line by line, an index is in many pieces, each of which every question looks into.
PUT_TOGETHER = "INSERT INTO chairs_search_terms (chairs_search_terms) VALUES ('optimize')"
UNINDEX_ALL = "INSERT INTO chairs_search_terms (chairs_search_terms) VALUES ('delete-all')"


@dataclass(frozen=True)
class Line:
    """What stands in the index for a chair."""

    pk: int
    terms: str

    @property
    def words(self) -> set[str]:
        """The words by which the chair is in the vocabulary."""
        return {term[1:] for term in self.terms.split() if not term.endswith(NOT_A_WORD)}


def line_of(document: Document) -> Line:
    terms = [
        placed(field, term, document.is_published, is_word=term in document.spellings)
        for field, terms in document.terms.items()
        for term in terms
    ]
    return Line(document.pk, " ".join(sorted(terms)))


def placed(field: Field, term: str, is_published: bool = True, is_word: bool = False) -> str:
    """Return what stands in a line for a term in a field."""
    shelves = PUBLISHED if is_published else NOT_PUBLISHED
    return f"{shelves[field]}{term}" if is_word else f"{shelves[field]}{term}{NOT_A_WORD}"


def kept(pks: Collection[int]) -> dict[int, Line]:
    """Return the lines of these chairs as they stand, to be written anew."""
    subquery = any_of(pks)
    with connection.cursor() as cursor:
        cursor.execute(KEPT[connection.vendor].format(subquery.sql), subquery.params)
        rows = cursor.fetchall()
    return {pk: Line(pk, _unpacked(terms)) for pk, terms in rows}


def write(lines: list[Line], instead_of: Iterable[Line] = ()) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(UNINDEX, [(line.pk, line.terms) for line in instead_of])
            cursor.executemany(INDEX, [(line.pk, line.terms) for line in lines])
        rows = [(line.pk, _packed(line.terms)) for line in lines]
        cursor.executemany(WRITE[connection.vendor], rows)


def remove(line: Line) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(UNINDEX, [line.pk, line.terms])
        cursor.execute(REMOVE, [line.pk])


def remove_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM chairs_search")
        if connection.vendor == "sqlite":
            cursor.execute(UNINDEX_ALL)


def put_together() -> None:
    """Make the index quicker to ask, after everything was written to it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(PUT_TOGETHER)


def _packed(terms: str) -> str | bytes:
    """Return the terms as they are stored: PostgreSQL compresses them by itself."""
    return zlib.compress(terms.encode()) if connection.vendor == "sqlite" else terms


def _unpacked(terms: str | bytes) -> str:
    return zlib.decompress(terms).decode() if isinstance(terms, bytes) else terms
