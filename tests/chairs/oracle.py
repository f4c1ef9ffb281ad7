"""The brute force against which lists are checked: plain Python over every chair, one after the other."""

import random

from chairs.enums import FUNDABLE_STATUSES, PUBLIC_STATUSES
from chairs.models import Chair
from chairs.search.concepts import NONE, Concepts, Unit, inflections
from chairs.search.documents import Document
from chairs.search.matching import (
    FIELD_STEP,
    IN_TITLE,
    LONG,
    MAX_OTHERS_COUNTED,
    OTHER_STEP,
    OTHER_SUBJECT,
    OTHER_WORDS,
    SCATTERED,
    SUBJECT_STEP,
    TELLING,
    is_required,
)
from core.tokenizer import finders, query_words, stems, terms, written_words
from tests.chairs.listing import WORDS

FACETS = ("phase", "cluster", "open", "kind", "theme", "institution", "discipline", "status")


class Known:
    """One chair as the public knows it: its words, and its values by facet."""

    def __init__(self, chair: Chair):
        posts = list(chair.appointments.select_related("affiliation", "discipline"))
        is_open = chair.status in FUNDABLE_STATUSES and chair.rule and chair.rule.is_open_to_partners
        self.pk = chair.pk
        self.terms = terms(written_words(f"{chair.title_en} {chair.title_fr}"))
        self.values = {
            "phase": {chair.phase.slug, "all"},
            "cluster": {chair.cluster.slug},
            "open": {"1"} if is_open else set(),
            "kind": {chair.kind.slug},
            "theme": {f"{theme.cluster.slug}/{theme.slug}" for theme in chair.themes.all()},
            "institution": {post.affiliation.slug for post in posts if post.affiliation},
            "discipline": {post.discipline.slug for post in posts if post.discipline},
            "status": {chair.status},
        }


def known_chairs() -> list[Known]:
    return [Known(chair) for chair in Chair.objects.all() if chair.status in PUBLIC_STATUSES]


def left(chairs: list[Known], query: str, chosen: dict[str, list[str]], without: str = "") -> list[Known]:
    """Return the chairs with every word and, in every facet but one, any of its chosen values."""
    return [
        chair
        for chair in chairs
        if all(chair.terms & set(stems(word)) for word in query_words(query))
        and all(chair.values[facet] & set(values) for facet, values in chosen.items() if values and facet != without)
    ]


def ranked(documents: list[Document], titles: dict[int, str], query: str, concepts: Concepts = NONE) -> list[int]:
    """Return the documents with every word, or another term for it.

    By the fields of their words, the length of their title, the alphabet; what has another term, last.
    """
    words = query_words(query)
    units = concepts.units(words)
    placed = []
    for document in documents:
        places = _of_units(document, units, list(zip(words, finders(words), strict=True)))
        if None not in places:
            title = titles[document.pk]
            placed.append((sum(places), len(title), title, document.pk))
    return [pk for *_place_of_it, pk in sorted(placed)]


def _of_units(document: Document, units: list[Unit], words: list[tuple[str, tuple[str, ...]]]) -> list[int | None]:
    places, words = [], list(words)
    for unit in units:
        own = [_place(document, *words.pop(0)) for _word in unit.words]
        known = [place for place in own if place is not None]
        is_whole = len(known) == len(own)
        is_scattered = is_whole and len(own) > 1 and bool(unit.others) and max(known) >= LONG
        if is_whole and not is_scattered:
            places.append(sum(known))
        else:
            places.append(_place_otherwise(document, unit, SCATTERED * is_scattered, is_required(unit, units)))
    return places


def _place_otherwise(document: Document, unit: Unit, scattered: int, required: bool) -> int | None:
    """Return the place of a chair without the term: by other terms, or because all chairs are about it."""
    having = scattered + _others_had(document, unit)
    lacking = MAX_OTHERS_COUNTED - min(having, MAX_OTHERS_COUNTED)
    if required:
        return OTHER_WORDS + lacking * OTHER_STEP if having else None
    return OTHER_SUBJECT + lacking * SUBJECT_STEP


def _others_had(document: Document, unit: Unit) -> int:
    """Return how many other terms a chair has, with what counts more."""
    telling = {term for term, field in document.fields.items() if field in TELLING}
    terms = [(term, [set(inflections(word)) for word in term.words]) for term in unit.others]
    having = [term for term, words in terms if all(word & document.fields.keys() for word in words)]
    is_in_title = any(all(word & telling for word in words) for _term, words in terms)
    return len(having) + any(not term.is_related for term in having) + IN_TITLE * is_in_title


def _place(document: Document, word: str, found_by: tuple[str, ...]) -> int | None:
    nearest = [document.fields[term] * FIELD_STEP + 1 for term in found_by if term in document.fields]
    if word in document.fields:
        nearest.append(document.fields[word] * FIELD_STEP)
    return min(nearest, default=None)


def counts(chairs: list[Known], query: str, chosen: dict[str, list[str]]) -> dict[tuple[str, str], int]:
    """Return how many chairs each value of each facet would leave, were it the facet's only one; without the zeros."""
    found: dict[tuple[str, str], int] = {}
    for facet in FACETS:
        for chair in left(chairs, query, chosen, without=facet):
            for value in chair.values[facet]:
                found[facet, value] = found.get((facet, value), 0) + 1
    return found


def random_queries(chairs: list[Known], number: int, seed: int) -> list[tuple[str, dict[str, list[str]]]]:
    """Return queries of no word to two and of no facet to three, each with one value to three; never empty."""
    chance = random.Random(seed)
    values = {facet: sorted({value for chair in chairs for value in chair.values[facet]}) for facet in FACETS}
    queries = []
    while len(queries) < number:
        query = " ".join(chance.sample(WORDS, chance.choice([0, 0, 1, 1, 2])))
        facets = chance.sample(FACETS, chance.choice([0, 1, 1, 2, 3]))
        chosen = {f: chance.sample(values[f], min(len(values[f]), chance.choice([1, 1, 2, 3]))) for f in facets}
        if query or chosen:
            queries.append((query, chosen))
    return queries
