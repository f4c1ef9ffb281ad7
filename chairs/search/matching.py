"""Asks the index: which chairs have every word of a query, and which have them all in their title."""

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from chairs.search.words import query_words, stems

ENTRIES = {
    "sqlite": "SELECT rowid FROM chairs_search WHERE chairs_search MATCH %s",
    "postgresql": "SELECT rowid FROM chairs_search WHERE terms @@ %s::tsquery",
}


def matching(records: QuerySet, query: str, chair: str = "pk") -> QuerySet:
    """Answer the chairs that have every word of the query; all of them where it has no word.

    Records that belong to a chair are found by its words: `chair` is then the field that leads to it.
    """
    words = query_words(query)
    return records.filter(**{f"{chair}__in": _entries(words)}) if words else records


def with_title_rank(chairs: QuerySet, query: str) -> QuerySet:
    """Annotate `title_rank`: 0 where the title alone has every word of the query, else 1; the most relevant are first."""
    words = query_words(query)
    if not words:
        return chairs.annotate(title_rank=Value(0))
    in_title = When(pk__in=_entries(words, in_title=True), then=0)
    return chairs.annotate(title_rank=Case(in_title, default=1, output_field=IntegerField()))


def _entries(words: list[str], in_title: bool = False) -> RawSQL:
    question = _for_sqlite(words, in_title) if connection.vendor == "sqlite" else _for_postgresql(words, in_title)
    return RawSQL(ENTRIES[connection.vendor], [question])


def _for_sqlite(words: list[str], in_title: bool) -> str:
    every_word = " AND ".join("(" + " OR ".join(f'"{stem}"' for stem in stems(word)) + ")" for word in words)
    return f"title_terms : ({every_word})" if in_title else every_word


def _for_postgresql(words: list[str], in_title: bool) -> str:
    weight = ":A" if in_title else ""
    return " & ".join("(" + " | ".join(f"{stem}{weight}" for stem in stems(word)) + ")" for word in words)
