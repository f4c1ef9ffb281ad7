"""Keeps the index table, each database in its own way. Values are bound, and a term is only ever [a-z0-9]."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import local

from django.db import connection, transaction

from chairs.models import Chair
from chairs.search.documents import Document, documents_of

# Chairs read and written at a time: enough to be quick, few enough to hold in memory.
BATCH_SIZE = 500

DELETE = "DELETE FROM chairs_search WHERE rowid = %s"
INSERT = {
    "sqlite": (
        "INSERT INTO chairs_search (rowid, title_key_en, title_key_fr, title_terms, body_terms)"
        " VALUES (%s, %s, %s, %s, %s)"
    ),
    "postgresql": (
        "INSERT INTO chairs_search (rowid, title_key_en, title_key_fr, terms) VALUES (%s, %s, %s, %s::tsvector)"
    ),
}

_state = local()


def reindex(pks: Collection[int]) -> None:
    """Bring these chairs' lines up to date, in the transaction that changed them."""
    if pks and not getattr(_state, "is_paused", False):
        with transaction.atomic():
            _write(sorted(pks))


def forget(pk: int) -> None:
    """Remove the line of a chair that is gone."""
    with connection.cursor() as cursor:
        cursor.execute(DELETE, [pk])


def rebuild() -> int:
    """Index every chair anew; answer how many there are."""
    pks = list(Chair.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM chairs_search")
        _write(pks)
    return len(pks)


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
        rows = [_row(document) for document in documents_of(batch)]
        with connection.cursor() as cursor:
            cursor.executemany(DELETE, [(pk,) for pk in batch])
            cursor.executemany(INSERT[connection.vendor], rows)


def _row(document: Document) -> tuple:
    keys = (document.pk, document.title_keys["en"], document.title_keys["fr"])
    title, body = sorted(document.title_terms), sorted(document.body_terms)
    if connection.vendor == "sqlite":
        return (*keys, " ".join(title), " ".join(body))
    # A tsvector as PostgreSQL writes it itself, so that its own parser has no say: 'term':position, weight.
    return (*keys, " ".join([f"{term}:1A" for term in title] + [f"{term}:1D" for term in body]))
