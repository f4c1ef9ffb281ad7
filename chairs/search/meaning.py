"""The chairs nearest in meaning to a query that few chairs match: suggested beside the list, never part of it.

The embedding of a chair's text is stored as bytes. The transaction that changes the text deletes it; a chair without an
embedding is measured at night, or by the next search with few results.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from django.db import DatabaseError, transaction
from pyroaring import BitMap

from chairs.cards.directory import Directory
from chairs.models import Chair, ChairMeaning
from chairs.search import lines, model
from chairs.search.documents import documents_of
from core.primary_keys import any_of

logger = logging.getLogger(__name__)

TABLE = ChairMeaning._meta.db_table
SHOWN = 5
# With this many results, no suggestions are shown.
FEW = 3
# How many chairs one request measures, about half a second's work; the following requests do the rest.
MAX_AT_ONCE = 4
BATCH_SIZE = 50
# How much nearer a chair is that has a word of the query, which at most one chair of so many has.
NEARER, COMMON = 0.05, 8
# How many letters of a query are compared: a thousand would take a second.
MAX_ASKED = 400


@dataclass(frozen=True)
class Meanings:
    """The measured chairs, with the embeddings as rows of a matrix."""

    measured: BitMap
    pks: list[int]
    directions: model.Directions

    @classmethod
    def read(cls) -> "Meanings":
        rows = list(ChairMeaning.objects.order_by("pk").values_list("pk", "direction"))
        telling = [(pk, bytes(direction)) for pk, direction in rows if direction]
        directions = np.frombuffer(b"".join(direction for _pk, direction in telling), dtype=np.int8)
        pks = [pk for pk, _direction in telling]
        return cls(
            BitMap([pk for pk, _direction in rows]), pks, directions.reshape(len(pks), -1) if pks else directions
        )

    def nearest(self, query: str, among: BitMap, having: Iterable[BitMap] = ()) -> list[int]:
        """Return the chairs, among these, that are nearest to a query, the nearest first.

        `having` are the chairs that have each of its words: a chair that has a rare one is nearer.
        """
        if not self.pks:
            return []
        near = model.nearness(self.directions, query[:MAX_ASKED])
        for chairs in having:
            if len(chairs) <= len(self.pks) // COMMON:
                near = near + NEARER * np.isin(self.pks, chairs.to_array())
        order = (self.pks[place] for place in np.argsort(-near, kind="stable"))
        return [pk for pk in order if pk in among][:SHOWN]


def nearest(
    directory: Directory, query: str, among: BitMap, having: Callable[[], Iterable[BitMap]] = list
) -> list[int]:
    """Return a few chairs, among these, nearest in meaning to a query; none if the search by meaning is off.

    `having` returns the chairs that have each word of the query.
    """
    if not model.is_on():
        return []
    meanings: Meanings = directory.keep([TABLE], "meanings", Meanings.read)
    waiting = directory.everything - meanings.measured
    if waiting and measure(waiting, MAX_AT_ONCE):
        meanings = Meanings.read()
    return meanings.nearest(query, among, having())


def measure(pks: Iterable[int], most: int | None = None) -> int:
    """Measure at most `most` of these chairs; return how many were measured.

    Does nothing on a read-only database, such as a replica.
    """
    chosen = list(pks)[:most]
    done = 0
    for start in range(0, len(chosen), BATCH_SIZE):
        texts = {one.pk: one.meaning for one in documents_of(chosen[start : start + BATCH_SIZE]) if one.is_published}
        telling = [pk for pk, text in texts.items() if text]
        measured = dict(zip(telling, _directions_of([texts[pk] for pk in telling]), strict=True))
        try:
            done += _keep(texts, measured)
        except DatabaseError as error:
            logger.warning("The search by meaning may be behind the records: %s", str(error).strip())
            break
    return done


def _directions_of(texts: list[str]) -> list[bytes]:
    return [row.tobytes() for row in model.directions_of(texts)] if texts else []


def waiting() -> list[int]:
    """Return the published chairs that are not measured."""
    published = Chair.objects.published().filter(meaning=None).order_by("pk")
    return list(published.values_list("pk", flat=True))


def _keep(texts: dict[int, str], measured: dict[int, bytes]) -> int:
    """Store the embeddings, except of chairs whose text changed meanwhile. Return how many were stored."""
    with transaction.atomic():
        lines.kept(texts)  # locks the lines: a concurrent change of these chairs comes before or after
        same = [one for one in documents_of(texts) if one.is_published and one.meaning == texts[one.pk]]
        rows = [ChairMeaning(chair_id=one.pk, digest=one.digest, direction=measured.get(one.pk, b"")) for one in same]
        ChairMeaning.objects.filter(pk__in=any_of([one.pk for one in same])).delete()
        ChairMeaning.objects.bulk_create(rows)
    return len(rows)
