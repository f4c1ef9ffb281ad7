"""Finds the chairs that match every word of a query, or a term of the same meaning, and ranks them by field."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import pairwise
from operator import and_, or_
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from chairs.search.concepts import NONE, Concepts, Term, Unit, inflections
from chairs.search.documents import Field
from chairs.search.freshness import bring_up_to_date
from chairs.search.questions import all_questions, answers, any_question, entries, in_field, question
from core.sets import NOBODY
from core.tokenizer import FAMILIES, finders, folded, has_stems, query_words, written_words

Records = TypeVar("Records", bound=QuerySet[Any])

# In a field, a match by stem ranks after the exact word, but before the exact word in the next field.
FIELD_STEP = 10
# Further words still filter, but do not rank: each costs up to sixteen index queries.
MAX_RANKED_WORDS = 8
# Matches by other terms rank after all matches by the query's own words: the more other terms, the nearer, up to so many. So
# "edtech" finds the chair of pupils and teachers before those that only share the theme of education.
OTHER_WORDS, OTHER_STEP, MAX_OTHERS_COUNTED = 10_000, 200, 6
# The titles are short: some term there counts as so many more. So does the query's own term whose words are anywhere in the
# description: "ingénieur du son" is not where an engineer is, and "son" in another sense.
IN_TITLE = SCATTERED = 3
# For the subject of every chair, other terms cost less than one other term of the rest of the query, but more than its fields.
OTHER_SUBJECT, SUBJECT_STEP = 150, 1
TELLING = (Field.TITLE, Field.ACRONYM)
LONG = Field.DESCRIPTION * FIELD_STEP
# What every chair is about, whether or not its texts say so: these words tell none apart.
OF_EVERY_CHAIR = frozenset("ai ia artificial artificielle intelligence".split())
# The names of that subject. A query that says more finds the chairs that do not name it, too.
SUBJECTS = {("ai",), ("ia",), ("artificial", "intelligence"), ("intelligence", "artificielle")}
# A shorter prefix matches too many words.
MIN_BEGINNING = 4


@dataclass(frozen=True)
class Place:
    """The chairs that have a word in one field. `distance` grows from the title; some of the chairs may also be nearer."""

    distance: int
    chairs: BitMap


@dataclass(frozen=True)
class OtherWords:
    """A term of a query with the other terms that found chairs: those of the same meaning, and those that are only related."""

    said: str
    same: list[str]
    related: list[str]

    @classmethod
    def of(cls, said: str, terms: list[Term]) -> "OtherWords":
        same, related = ([term.text for term in terms if term.is_related == kind] for kind in (False, True))
        return cls(said, same, related)


@dataclass(frozen=True)
class FoundUnit:
    """The matches of one term of a query: by its own words, and by other terms of the same meaning."""

    # The places of each word, the nearest first.
    words: list[list[Place]]
    exact: BitMap
    said: str = ""
    also: tuple[str, ...] = ()
    # Each other term with the chairs that have all its words; and the chairs that have one in a `TELLING` field.
    others: list[tuple[Term, BitMap]] = dataclasses.field(default_factory=list)
    telling: BitMap = NOBODY
    # For the subject of every chair: the chairs that the rest of the query finds.
    unnamed: BitMap = NOBODY

    @cached_property
    def chairs(self) -> BitMap:
        return BitMap.union(self.exact, *(chairs for _term, chairs in self.others))

    def places(self) -> list[Place]:
        """Return the chairs by place, the nearest first; matches by its own words come before those by other terms."""
        if len(self.words) == 1 and not self.others and not self.unnamed:
            return self.words[0]
        scored = {0: self.exact - self.scattered}
        for places in self.words:
            scored = _further(scored, places)
        own = [Place(score, scored[score]) for score in sorted(scored)]
        further, step = (OTHER_SUBJECT, SUBJECT_STEP) if self.unnamed else (OTHER_WORDS, OTHER_STEP)
        others = [*reversed(self.by_others), self.unnamed]
        return [*own, *(Place(further + number * step, chairs) for number, chairs in enumerate(others))]

    @cached_property
    def scattered(self) -> BitMap:
        """The chairs that have all words of a known term of several, but far from one another."""
        if len(self.words) == 1 or not self.others:
            return NOBODY
        near = (BitMap.union(*(place.chairs for place in places if place.distance < LONG)) for places in self.words)
        return self.exact - reduce(and_, near)

    @property
    def by_others(self) -> list[BitMap]:
        """Return the chairs that have one other term, those that have two, and so on; a term of the same meaning is two."""
        having = [NOBODY] * MAX_OTHERS_COUNTED
        same = BitMap.union(NOBODY, *(chairs for term, chairs in self.others if not term.is_related))
        weighed = [same, *[self.telling & self.chairs] * IN_TITLE, *[self.scattered] * SCATTERED]
        for chairs in [*(chairs for _term, chairs in self.others), *weighed]:
            having = [more | (fewer & chairs) for fewer, more in pairwise([self.chairs, *having])]
        return having

    def others_in(self, chairs: BitMap) -> list[Term]:
        """Return the other terms by which some of these chairs match, without matching by the own words."""
        left = chairs - self.exact
        return [term for term, having in self.others if having & left]


@dataclass(frozen=True)
class Found:
    """The published chairs that match a query, as primary keys."""

    hits: BitMap
    units: list[FoundUnit]
    # The last word, if it was matched as a prefix; else empty.
    beginning: str = ""

    def buckets(self, within: BitMap) -> Iterator[BitMap]:
        """Yield the matching chairs among these, in groups of equal relevance, the most relevant first."""
        scored = {0: self.hits & within}
        for unit in self.units:
            scored = _further(scored, unit.places())
        for score in sorted(scored):
            yield scored[score]

    def in_other_words(self) -> list[str]:
        """Return a few other terms for each term of the query: they help the comparison of short queries."""
        return [term for unit in self.units if without_subject(unit.said) for term in unit.also]

    def same_meaning(self, within: BitMap) -> list[OtherWords]:
        """Return the query's terms that were matched by other terms in these chairs, with those terms."""
        found = ((unit.said, unit.others_in(self.hits & within)) for unit in self.units if unit.others)
        return [OtherWords.of(said, others) for said, others in found if others]


def find(query: str, concepts: Concepts = NONE) -> Found | None:
    """Return the matches of a query, in one database query; None if it has no word, and so matches everything.

    A term of the vocabulary is also matched by the other terms of its concept.
    """
    words = query_words(query)
    return _found(words, finders(words), concepts) if words else None


def find_beginning(query: str, concepts: Concepts = NONE) -> Found | None:
    """Return the matches of a query with its last word as a prefix; None if that word is too short or already complete."""
    words = query_words(query)
    last = words[-1] if words else ""
    if len(last) < MIN_BEGINNING or not has_stems(last) or last in FAMILIES or concepts.knows(last):
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
    hits = reduce(and_, (found.chairs for unit, found in zip(units, having, strict=True) if is_required(unit, units)))
    return Found(
        hits,
        [
            found if is_required(unit, units) else replace(found, unnamed=hits)
            for unit, found in zip(units, having, strict=True)
        ],
    )


def is_required(unit: Unit, units: list[Unit]) -> bool:
    """Return whether a chair must have a term of a query: any but the subject of every chair, if there are others."""
    return unit.words not in SUBJECTS or all(other.words in SUBJECTS for other in units)


def _questions_of_others(unit: Unit) -> Iterator[str]:
    """Yield an index query for each other term, and one for any of them in the `TELLING` fields."""
    parts = [[inflections(word) for word in term.words] for term in unit.others]
    for words in parts:
        yield question(*map(_anywhere, words))
    if parts:
        yield any_question([[_in_fields(TELLING, terms) for terms in words] for words in parts])


def question_of(query: str, concepts: Concepts) -> str:
    """Return the single index query that matches all that `find` does, unranked; for a query that has words."""
    words = query_words(query)
    typed = iter(finders(words))
    units = concepts.units(words)
    own = [[_anywhere(next(typed)) for _word in unit.words] for unit in units]
    others = [[[_anywhere(inflections(word)) for word in term.words] for term in unit.others] for unit in units]
    asked = zip(units, own, others, strict=True)
    return all_questions(any_question([here, *there]) for unit, here, there in asked if is_required(unit, units))


def without_subject(query: str) -> str:
    """Return the words of a query but for those that every chair is about; empty if it has no others."""
    return " ".join(word for word in written_words(query) if not OF_EVERY_CHAIR.issuperset(folded(word)))


def having_some(query: str, concepts: Concepts) -> list[BitMap]:
    """Return for each telling word of a query of several the chairs that it finds alone, in one database query."""
    words = query_words(query)[:MAX_RANKED_WORDS]
    telling = [word for word in words if word not in OF_EVERY_CHAIR]
    return answers([question_of(word, concepts) for word in telling]) if len(words) > 1 and telling else []


def _found_unit(unit: Unit, words: list[list[Place]], answered: Iterator[BitMap]) -> FoundUnit:
    exact = reduce(and_, (reduce(or_, (place.chairs for place in places)) for places in words))
    others = [(term, next(answered)) for term in unit.others]
    return FoundUnit(words, exact, unit.said, unit.also, others, next(answered) if others else NOBODY)


def hits(query: str) -> BitMap | None:
    """Return the published chairs that match every word of the query; None if it has no word."""
    found = find(query)
    return found.hits if found else None


def having_each(asked: Iterable[tuple[Iterable[Field], Iterable[tuple[str, ...]]]]) -> list[BitMap]:
    """Return, for each item, the published chairs that match a term of each of its groups, in one database query.

    An item is the fields to search, and the groups of terms.
    """
    bring_up_to_date()
    questions = [question(*(_in_fields(fields, terms) for terms in groups)) for fields, groups in asked]
    return answers(questions) if questions else []


def matching(records: Records, query: str, chair: str = "pk") -> Records:
    """Return the records whose published chair has every word of the query; all of them if it has no word.

    `chair` is the path from the record to the chair.
    """
    words = query_words(query)
    return records.filter(**{f"{chair}__in": having_all(finders(words))}) if words else records


def having_all(groups: Iterable[tuple[str, ...]]) -> RawSQL:
    """Return a subquery of the published chairs that have a term of every group."""
    return entries(*map(_anywhere, groups))


def _anywhere(terms: tuple[str, ...]) -> list[str]:
    return _in_fields(Field, terms)


def _in_fields(fields: Iterable[Field], terms: tuple[str, ...]) -> list[str]:
    return [written for field in fields for term in terms for written in in_field(field, term)]


def places_of(word: str, found_by: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield each distance from the title at which a chair can have the word, with its terms there."""
    others = [term for term in found_by if term != word]
    for field in Field:
        yield field * FIELD_STEP, in_field(field, word)
        if others:
            yield field * FIELD_STEP + 1, [written for term in others for written in in_field(field, term)]


def _further(scored: dict[int, BitMap], places: list[Place]) -> dict[int, BitMap]:
    """Return the chairs by score, after adding the distance of one more word."""
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
