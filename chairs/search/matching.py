"""Which chairs have every word of a query, and where in them the words stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from chairs.search.documents import Field
from chairs.search.freshness import bring_up_to_date
from chairs.search.questions import answers, entries, in_field, question
from core.tokenizer import finders, query_words

Records = TypeVar("Records", bound=QuerySet[Any])

# In one field, a match by stem ranks after the exact word, but before the exact word in the next field.
FIELD_STEP = 10
# Words after these still find, but do not rank: each costs up to sixteen questions.
MAX_RANKED_WORDS = 8


@dataclass(frozen=True)
class Place:
    """The chairs that have a word in one place: how far from the title it is, and which chairs; some are also nearer."""

    distance: int
    chairs: BitMap


@dataclass(frozen=True)
class Found:
    """The published chairs that have every word of a query, by their primary keys."""

    hits: BitMap
    # For each word that ranks, the nearest place first.
    places: list[list[Place]]

    def buckets(self, within: BitMap) -> Iterator[BitMap]:
        """Yield those of the chairs that were found, all that are as relevant at once, the most relevant first."""
        scored = {0: self.hits & within}
        for places in self.places:
            scored = _further(scored, places)
        for score in sorted(scored):
            yield scored[score]


def find(query: str) -> Found | None:
    """Return what a query finds, by one question to the database; None where it has no word, and so finds everything."""
    words = query_words(query)
    if not words:
        return None
    asked = [
        [*places_of(word, terms)] if number < MAX_RANKED_WORDS else [(0, _anywhere(terms))]
        for number, (word, terms) in enumerate(zip(words, finders(words), strict=True))
    ]
    found = iter(answers([question(terms) for places in asked for _distance, terms in places]))
    answered = [[Place(distance, next(found)) for distance, _terms in places] for places in asked]
    having = [reduce(or_, (place.chairs for place in places)) for places in answered]
    return Found(reduce(and_, having), answered[:MAX_RANKED_WORDS])


def hits(query: str) -> BitMap | None:
    """Return the published chairs that have every word of the query; None where it has no word."""
    found = find(query)
    return found.hits if found else None


def having_each(asked: Iterable[Iterable[tuple[str, ...]]]) -> list[BitMap]:
    """Return, for each of several things asked, the published chairs that have of all its groups any term: one question."""
    bring_up_to_date()
    questions = [question(*map(_anywhere, groups)) for groups in asked]
    return answers(questions) if questions else []


def matching(records: Records, query: str, chair: str = "pk") -> Records:
    """Return the records whose published chair has every word of the query; all of them where it has no word.

    `chair` is the field that leads to the chair.
    """
    words = query_words(query)
    return records.filter(**{f"{chair}__in": having_all(finders(words))}) if words else records


def having_all(groups: Iterable[tuple[str, ...]]) -> RawSQL:
    """Return the published chairs that have, of every group, any of its terms, as a subquery."""
    return entries(*map(_anywhere, groups))


def _anywhere(terms: tuple[str, ...]) -> list[str]:
    return [written for field in Field for term in terms for written in in_field(field, term)]


def places_of(word: str, found_by: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield how far from the title a chair can have the word, and the terms of which it then has any."""
    stems = [term for term in found_by if term != word]
    for field in Field:
        yield field * FIELD_STEP, in_field(field, word)
        if stems:
            yield field * FIELD_STEP + 1, [written for term in stems for written in in_field(field, term)]


def _further(scored: dict[int, BitMap], places: list[Place]) -> dict[int, BitMap]:
    """Return the chairs by their score so far and the distance of one word more."""
    further: dict[int, BitMap] = {}
    for score, chairs in scored.items():
        left = chairs
        for place in places:
            here = left & place.chairs
            if here:
                further[score + place.distance] = further.get(score + place.distance, BitMap()) | here
                left = left - here
            if not left:
                break
    return further
