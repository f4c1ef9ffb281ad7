"""Keeps the index table, each database in its own way. Values are bound, and a term has letters, digits and _ alone.

A term stands in the table three times: as it is ("robot"), by which a chair is found; after its field ("0_robot"), by
which it is ranked; and, for a word of a published chair, after PUBLIC ("v_robots"), by which the vocabulary is kept.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from threading import local

from django.db import connection, transaction

from chairs.cards import writing as cards
from chairs.models import Chair, ChairCard, SearchEntry
from chairs.search import vocabulary
from chairs.search.documents import Document, Field, documents_of

# Chairs read and written at a time: enough to be quick, few enough to hold in memory, and to fetch their institutions
# in one query: Django asks for each by an OR of its own, and SQLite takes no more than 1,000 of them.
BATCH_SIZE = 200
PUBLIC = "v"

DELETE = "DELETE FROM chairs_search WHERE rowid = %s"
INSERT = {
    "sqlite": (
        "INSERT INTO chairs_search (rowid, title_key_en, title_key_fr, words, terms) VALUES (%s, %s, %s, %s, %s)"
    ),
    "postgresql": (
        "INSERT INTO chairs_search (rowid, title_key_en, title_key_fr, words, terms)"
        " VALUES (%s, %s, %s, %s, %s::tsvector)"
    ),
}

_state = local()


def in_field(field: Field, term: str) -> str:
    """Return what stands in the index for a term in a field."""
    return f"{field.value}_{term}"


def reindex(pks: Collection[int]) -> None:
    """Bring these chairs' lines up to date, in the transaction that changed them."""
    if pks and not getattr(_state, "is_paused", False):
        with transaction.atomic():
            _write(sorted(pks))
            cards.write(sorted(pks))


def forget(pk: int) -> None:
    """Remove the line and the card of a chair that is gone."""
    words = _words_of([pk])
    with connection.cursor() as cursor:
        cursor.execute(DELETE, [pk])
    vocabulary.drop_unused(words)
    cards.forget(pk)


def rebuild() -> int:
    """Index every chair anew; answer how many there are."""
    pks = list(Chair.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM chairs_search")
        vocabulary.empty()
        _write(pks)
        cards.write(pks)
    return len(pks)


def is_missing() -> bool:
    """Return whether there are chairs and no line, or no card: a table was made anew by a migration."""
    has_lines, has_cards = SearchEntry.objects.exists(), ChairCard.objects.exists()
    return Chair.objects.exists() and not has_lines or Chair.objects.published().exists() and not has_cards


@contextmanager
def rebuilt_afterwards() -> Iterator[None]:
    """Save many records without indexing after each: the whole index is built once, at the end.

    Usage: with rebuilt_afterwards(): load_everything()
    """
    was_paused, _state.is_paused = getattr(_state, "is_paused", False), True
    try:
        yield
    finally:
        _state.is_paused = was_paused
        if not was_paused:
            rebuild()


def _write(pks: list[int]) -> None:
    for start in range(0, len(pks), BATCH_SIZE):
        batch = pks[start : start + BATCH_SIZE]
        before = _words_of(batch)
        documents = list(documents_of(batch))
        with connection.cursor() as cursor:
            cursor.executemany(DELETE, [(pk,) for pk in batch])
            cursor.executemany(INSERT[connection.vendor], [_row(document) for document in documents])
        after = {word: written for document in documents for word, written in document.spellings.items()}
        vocabulary.add(after)
        vocabulary.drop_unused(before - set(after))


def _words_of(pks: Iterable[int]) -> set[str]:
    """Return the words by which these chairs are in the vocabulary now."""
    lines = SearchEntry.objects.filter(pk__in=pks).values_list("words", flat=True)
    return {word for line in lines for word in line.split()}


def _row(document: Document) -> tuple[int, str, str, str, str]:
    return (
        document.pk,
        document.title_keys["en"],
        document.title_keys["fr"],
        " ".join(sorted(document.spellings)),
        # Cast to a tsvector on PostgreSQL, which bypasses its own parser.
        " ".join(sorted(_terms(document))),
    )


def _terms(document: Document) -> Iterator[str]:
    for field, terms in document.terms.items():
        for term in terms:
            yield term
            yield in_field(field, term)
    for word in document.spellings:
        yield f"{PUBLIC}_{word}"
