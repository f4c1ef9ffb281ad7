"""Keeps the index up to date: each chair's line, and the words for spelling corrections."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import local

from django.db import transaction

from chairs.cards import writing as cards
from chairs.models import Activity, ActivityCard, Chair, ChairCard, ChairMeaning, SearchEntry
from chairs.search import lines, marks, vocabulary
from chairs.search.documents import Document, add_runs, document_of, spellings_of
from chairs.search.reading import whole_chairs
from core.garbage import collect_new, collected_by_hand
from core.primary_keys import any_of, in_batches

_state = local()


def reindex(pks: Collection[int], shared: Collection[tuple[str, int]] = ()) -> None:
    """Update the lines and cards of these chairs, in the transaction that changed them or the shared records."""
    waiting = getattr(_state, "waiting", None)
    if waiting is not None:
        waiting.add(pks, shared)
    elif (pks or shared) and not is_paused():
        with transaction.atomic():
            # Before anything is read: a change that commits meanwhile keeps its mark.
            marks.clear(pks, shared)
            for batch in in_batches(sorted(pks)):
                _reindex(batch)


def forget(pk: int) -> None:
    """Remove the line and the card of a deleted chair."""
    for line in lines.kept([pk]).values():
        lines.remove(line)
        vocabulary.drop_unused(line.words)
    cards.forget(pk)
    marks.clear([pk])


def rebuild() -> int:
    """Index every chair anew; return their number."""
    with transaction.atomic(), collected_by_hand():
        marks.clear_all()
        pks = list(Chair.objects.order_by("pk").values_list("pk", flat=True))
        lines.begin_anew()
        runs: dict[str, int] = {}
        for batch in in_batches(pks):
            _index_anew(batch, runs)
            collect_new()
        lines.put_together()
        vocabulary.replace(spellings_of(runs))
    return len(pks)


def _index_anew(pks: list[int], runs: dict[str, int]) -> None:
    """Write the lines and cards of these chairs, and add the runs of their texts."""
    chairs = whole_chairs(pks)
    documents = list(map(document_of, chairs))
    lines.write([lines.line_of(document) for document in documents])
    add_runs(runs, documents)
    _forget_meanings(documents)
    cards.write_of(pks, chairs)


def is_paused() -> bool:
    """Return whether this thread saves many records, and indexes them all at the end."""
    return getattr(_state, "is_paused", False)


def is_put_off() -> bool:
    """Return whether this thread postpones indexing what it changes."""
    return is_paused() or getattr(_state, "waiting", None) is not None


def is_missing() -> bool:
    """Return whether lines or cards are missing altogether, after a migration made a table anew."""
    published = Chair.objects.published()
    return (
        (Chair.objects.exists() and not SearchEntry.objects.exists())
        or (published.exists() and not ChairCard.objects.exists())
        or (Activity.objects.filter(chair__in=published, closed_at=None).exists() and not ActivityCard.objects.exists())
    )


@contextmanager
def rebuilt_afterwards() -> Iterator[None]:
    """Save many records without indexing each: the whole index is built once, at the end.

    Usage: with rebuilt_afterwards(): load_everything()
    """
    was_paused, _state.is_paused = is_paused(), True
    try:
        yield
    finally:
        _state.is_paused = was_paused
        if not was_paused:
            rebuild()


@dataclass
class Waiting:
    """The chairs to index at the end, and the shared records that changed."""

    pks: set[int] = field(default_factory=set)
    shared: set[tuple[str, int]] = field(default_factory=set)

    def add(self, pks: Collection[int], shared: Collection[tuple[str, int]]) -> None:
        self.pks.update(pks)
        self.shared.update(shared)


@contextmanager
def indexed_once() -> Iterator[None]:
    """Save a chair and its rows, and index each chair concerned once, at the end.

    Use it inside the transaction that saves: if that fails, nothing is indexed.
    """
    if getattr(_state, "waiting", None) is not None:
        yield
        return
    waiting = _state.waiting = Waiting()
    try:
        yield
    finally:
        _state.waiting = None
    reindex(waiting.pks, waiting.shared)


def _reindex(pks: list[int]) -> None:
    # Locked before the records are read: what another transaction does to them meanwhile is read too.
    before = lines.kept(pks)
    chairs = whole_chairs(pks)
    _update_lines(before, {document.pk: document for document in map(document_of, chairs)})
    cards.write_of(pks, chairs)


def _update_lines(before: dict[int, lines.Line], documents: dict[int, Document]) -> None:
    """Write the lines that differ from these documents, and the words of the vocabulary."""
    after = {pk: lines.line_of(document) for pk, document in documents.items()}
    changed = [line for pk, line in after.items() if line != before.get(pk)]
    lines.write(changed, instead_of=[before[line.pk] for line in changed if line.pk in before])
    words = set().union(*(before[line.pk].words for line in changed if line.pk in before))
    runs: dict[str, int] = {}
    add_runs(runs, [documents[line.pk] for line in changed])
    spellings = spellings_of(runs)
    vocabulary.add(spellings)
    vocabulary.drop_unused(words - set(spellings))
    _forget_meanings([documents[line.pk] for line in changed])


def _forget_meanings(documents: list[Document]) -> None:
    """Delete the embeddings of chairs whose text changed; they are measured again (chairs/search/meaning.py)."""
    digests = {document.pk: document.digest for document in documents}
    known = ChairMeaning.objects.filter(pk__in=any_of(digests)).values_list("pk", "digest")
    old = [pk for pk, digest in known if digest != digests[pk]]
    if old:
        ChairMeaning.objects.filter(pk__in=any_of(old)).delete()
