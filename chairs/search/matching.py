"""Which chairs have every word of a query or another for it, and where in them the words stand."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from chairs.search.concepts import NONE, Concepts, Unit
from chairs.search.documents import Field
from chairs.search.freshness import bring_up_to_date
from chairs.search.questions import all_questions, answers, any_question, entries, in_field, question
from core.sets import NOBODY
from core.tokenizer import finders, has_stems, query_words, stems

Records = TypeVar("Records", bound=QuerySet[Any])

# In one field, a match by stem ranks after the exact word, but before the exact word in the next field.
FIELD_STEP = 10
# Words after these still find, but do not rank: each costs up to sixteen questions.
MAX_RANKED_WORDS = 8
# Whatever is found by another term ranks after all that is found by the words themselves; there, these fields first.
OTHER_WORDS = 10_000
TELLING = (Field.TITLE, Field.ACRONYM, Field.SUBJECT)
# Of a word that the vocabulary put in, a stem may lack only so many letters.
MAX_ENDING, MIN_STEM = 1, 4
# Of each term, so many others go along where its meaning is compared.
OTHERS_SAID = 4
# With fewer letters, many words begin alike.
MIN_BEGINNING = 4


@dataclass(frozen=True)
class Place:
    """The chairs that have a word in one place: how far from the title it is, and which chairs; some are also nearer."""

    distance: int
    chairs: BitMap


@dataclass(frozen=True)
class FoundUnit:
    """What is found of one term of a query: by its own words, and by other terms of its meaning."""

    # For each of its words, the nearest place first.
    words: list[list[Place]]
    exact: BitMap
    said: str = ""
    # Each other term, with the chairs that have all of its words; and those that have any of them where it tells most.
    others: list[tuple[str, BitMap]] = dataclasses.field(default_factory=list)
    telling: BitMap = NOBODY

    @cached_property
    def chairs(self) -> BitMap:
        return BitMap.union(self.exact, *(chairs for _term, chairs in self.others))

    def places(self) -> list[Place]:
        """Return where the chairs have it, the nearest first: by its own words always before others."""
        if len(self.words) == 1 and not self.others:
            return self.words[0]
        scored = {0: self.exact}
        for places in self.words:
            scored = _further(scored, places)
        own = [Place(score, scored[score]) for score in sorted(scored)]
        return [*own, Place(OTHER_WORDS, self.telling & self.chairs), Place(OTHER_WORDS + 1, self.chairs)]

    def others_in(self, chairs: BitMap) -> list[str]:
        """Return the other terms by which some of these chairs are found, and by no words of its own."""
        left = chairs - self.exact
        return [term for term, having in self.others if having & left]


@dataclass(frozen=True)
class Found:
    """The published chairs that have everything that a query asks for, by their primary keys."""

    hits: BitMap
    units: list[FoundUnit]
    # The last word, where it was taken for the beginning of one.
    beginning: str = ""

    def buckets(self, within: BitMap) -> Iterator[BitMap]:
        """Yield those of the chairs that were found, all that are as relevant at once, the most relevant first."""
        scored = {0: self.hits & within}
        for unit in self.units:
            scored = _further(scored, unit.places())
        for score in sorted(scored):
            yield scored[score]

    def in_other_words(self) -> list[str]:
        """Return a few other terms for each of the query's: what is short says more with them."""
        return [term for unit in self.units for term, _chairs in unit.others[:OTHERS_SAID]]

    def same_meaning(self, within: BitMap) -> list[tuple[str, list[str]]]:
        """Return which terms of the query were found by which others, among these chairs."""
        found = ((unit.said, unit.others_in(self.hits & within)) for unit in self.units if unit.others)
        return [(said, others) for said, others in found if others]


def find(query: str, concepts: Concepts = NONE) -> Found | None:
    """Return what a query finds, by one question to the database; None where it has no word, and so finds everything.

    A term of the vocabulary is also found by the others of its meaning.
    """
    words = query_words(query)
    return _found(words, finders(words), concepts) if words else None


def find_beginning(query: str, concepts: Concepts = NONE) -> Found | None:
    """Return what a query finds whose last word is taken for the beginning of one; None where it can be none."""
    words = query_words(query)
    last = words[-1] if words else ""
    if len(last) < MIN_BEGINNING or not has_stems(last) or concepts.knows(last):
        return None
    groups = finders(words)
    return replace(_found(words, [*groups[:-1], (*groups[-1], f"{last}*")], concepts), beginning=last)


def _found(words: list[str], groups: list[tuple[str, ...]], concepts: Concepts) -> Found:
    units = concepts.units(words)
    asked = [
        [*places_of(word, terms)] if number < MAX_RANKED_WORDS else [(0, _anywhere(terms))]
        for number, (word, terms) in enumerate(zip(words, groups, strict=True))
    ]
    questions = [question(terms) for places in asked for _distance, terms in places]
    questions += [written for unit in units for written in _questions_of_others(unit)]
    answered = iter(answers(questions))
    places = iter([[Place(distance, next(answered)) for distance, _terms in row] for row in asked])
    having = [_found_unit(unit, [next(places) for _word in unit.words], answered) for unit in units]
    return Found(reduce(and_, (unit.chairs for unit in having)), having)


def _questions_of_others(unit: Unit) -> Iterator[str]:
    """Yield a question for each other term, and one for any of them in the fields that tell most."""
    parts = [[inflections(word) for word in term.words] for term in unit.others]
    for words in parts:
        yield question(*map(_anywhere, words))
    if parts:
        yield any_question([[_in_fields(TELLING, terms) for terms in words] for words in parts])


def question_of(query: str, concepts: Concepts) -> str:
    """Return the one question that has all that a query finds, whatever its order; for a query that has words."""
    words = query_words(query)
    typed = iter(finders(words))
    units = concepts.units(words)
    own = [[_anywhere(next(typed)) for _word in unit.words] for unit in units]
    others = [[[_anywhere(inflections(word)) for word in term.words] for term in unit.others] for unit in units]
    return all_questions(any_question([here, *there]) for here, there in zip(own, others, strict=True))


def inflections(word: str) -> tuple[str, ...]:
    """Return the terms of which any finds a word that nobody typed: no stem that cuts off much, as doctor of doctorate."""
    near = [stem for stem in stems(word) if len(stem) >= max(len(word) - MAX_ENDING, MIN_STEM)]
    return tuple(dict.fromkeys([word, f"{word}s", *near]))


def _found_unit(unit: Unit, words: list[list[Place]], answered: Iterator[BitMap]) -> FoundUnit:
    exact = reduce(and_, (reduce(or_, (place.chairs for place in places)) for places in words))
    others = [(term.text, next(answered)) for term in unit.others]
    return FoundUnit(words, exact, unit.said, others, next(answered) if others else NOBODY)


def hits(query: str) -> BitMap | None:
    """Return the published chairs that have every word of the query; None where it has no word."""
    found = find(query)
    return found.hits if found else None


def having_each(asked: Iterable[tuple[Iterable[Field], Iterable[tuple[str, ...]]]]) -> list[BitMap]:
    """Return, for each of several things asked, the published chairs that have of all its groups any term: one question.

    Each says in which fields it looks.
    """
    bring_up_to_date()
    questions = [question(*(_in_fields(fields, terms) for terms in groups)) for fields, groups in asked]
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
    return _in_fields(Field, terms)


def _in_fields(fields: Iterable[Field], terms: tuple[str, ...]) -> list[str]:
    return [written for field in fields for term in terms for written in in_field(field, term)]


def places_of(word: str, found_by: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield how far from the title a chair can have the word, and the terms of which it then has any."""
    others = [term for term in found_by if term != word]
    for field in Field:
        yield field * FIELD_STEP, in_field(field, word)
        if others:
            yield field * FIELD_STEP + 1, [written for term in others for written in in_field(field, term)]


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
