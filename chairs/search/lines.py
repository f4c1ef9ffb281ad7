"""The lines of the index: one per chair, stored in each database's own way.

A line has each term of a chair once. The term follows the number of its first field, and is followed by a mark unless
it is a word of the vocabulary: "0robots" and "0robot_" for a published chair with "robots" in its title. Fields of an
unpublished chair are letters, so public queries never match it. Values are bound parameters, and terms consist of
letters, digits and _ only.
"""

import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from chairs.search.documents import Document, Field
from core.primary_keys import any_of

# The character before a term, by field.
PUBLISHED, NOT_PUBLISHED = "01234567", "abcdefgh"
NOT_A_WORD = "_"

KEPT = {
    "sqlite": "SELECT rowid, terms FROM chairs_search WHERE rowid IN ({})",
    # Locked: of two transactions that change a chair, the second reads the line that the first has written.
    "postgresql": "SELECT rowid, terms FROM chairs_search WHERE rowid IN ({}) ORDER BY rowid FOR UPDATE",
}
WRITE = {
    "sqlite": "INSERT OR REPLACE INTO chairs_search (rowid, terms) VALUES (%s, %s)",
    # The table's index casts the terms to a tsvector, without PostgreSQL's own parser.
    "postgresql": (
        "INSERT INTO chairs_search (rowid, terms) VALUES (%s, %s)"
        # A line that says the same stays: a new version of it would be indexed beside the old one.
        " ON CONFLICT (rowid) DO UPDATE SET terms = excluded.terms WHERE chairs_search.terms <> excluded.terms"
    ),
}
REMOVE = "DELETE FROM chairs_search WHERE rowid = %s"
# SQLite's index stores no text: to delete a line, it needs the old text.
INDEX = "INSERT INTO chairs_search_terms (rowid, terms) VALUES (%s, %s)"
UNINDEX = "INSERT INTO chairs_search_terms (chairs_search_terms, rowid, terms) VALUES ('delete', %s, %s)"
# An index written line by line is in many segments, and each query reads all of them.
PUT_TOGETHER = "INSERT INTO chairs_search_terms (chairs_search_terms) VALUES ('optimize')"
REMOVE_DELETED = "DELETE FROM chairs_search WHERE rowid NOT IN (SELECT id FROM chairs_chair)"
UNINDEX_ALL = "INSERT INTO chairs_search_terms (chairs_search_terms) VALUES ('delete-all')"


@dataclass(frozen=True)
class Line:
    """A chair's line in the index."""

    pk: int
    terms: str

    @property
    def words(self) -> set[str]:
        """The chair's words in the vocabulary."""
        return {term[1:] for term in self.terms.split() if not term.endswith(NOT_A_WORD)}


def line_of(document: Document) -> Line:
    shelves, words = PUBLISHED if document.is_published else NOT_PUBLISHED, document.words
    # As `placed` does, without calling it: a chair has hundreds of terms.
    terms = [
        f"{shelves[field]}{term}" if term in words else f"{shelves[field]}{term}{NOT_A_WORD}"
        for term, field in document.fields.items()
    ]
    return Line(document.pk, " ".join(sorted(terms)))


def placed(field: Field, term: str, is_published: bool = True, is_word: bool = False) -> str:
    """Return a term as a line has it, in a field."""
    shelves = PUBLISHED if is_published else NOT_PUBLISHED
    return f"{shelves[field]}{term}" if is_word else f"{shelves[field]}{term}{NOT_A_WORD}"


def kept(pks: Collection[int]) -> dict[int, Line]:
    """Return the present lines of these chairs, locked on PostgreSQL until the transaction ends."""
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


def begin_anew() -> None:
    """Remove what a rebuild does not write itself: all lines on SQLite, on PostgreSQL those of deleted chairs."""
    if connection.vendor == "sqlite":
        remove_all()
        return
    with connection.cursor() as cursor:
        cursor.execute(REMOVE_DELETED)


def remove_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM chairs_search")
        if connection.vendor == "sqlite":
            cursor.execute(UNINDEX_ALL)


def put_together() -> None:
    """Merge the index's segments after a full write, to make queries faster."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(PUT_TOGETHER)


def _packed(terms: str) -> str | bytes:
    """Return the terms as stored: compressed on SQLite; PostgreSQL compresses by itself."""
    return zlib.compress(terms.encode()) if connection.vendor == "sqlite" else terms


def _unpacked(terms: str | bytes) -> str:
    return zlib.decompress(terms).decode() if isinstance(terms, bytes) else terms
