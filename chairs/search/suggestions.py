"""Suggestions while a reader types: subjects of the vocabulary; chairs by title, acronym or people; and those people.

The last word is matched as a prefix, the other words as whole words.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, When
from django.db.models.functions import Length
from pyroaring import BitMap

from chairs.cards.directory import MAX_SORTED, directory
from chairs.cards.sorting import Sort
from chairs.models import Appointment, Chair
from chairs.models.chair import acronym_beside
from chairs.search.concepts import concepts_of
from chairs.search.documents import Field
from chairs.search.questions import answers, in_field, question
from chairs.search.subjects import SHOWN as SHOWN_SUBJECTS
from chairs.search.subjects import Subject, counts_at, questions_for, subjects_begun
from core.addresses import address_of
from core.languages import content_language, is_french
from core.prepared import Argument, Keys, Prepared
from core.primary_keys import any_of
from core.text import is_unspaced
from core.tokenizer import folded, is_function_word, looked_for, stems, written_words

# A shorter text matches nearly everything.
MIN_LENGTH = 3
# No name is longer: the rest is ignored.
MAX_LENGTH = 100
MAX_WORDS = 6
SHOWN_CHAIRS = 6
SHOWN_PEOPLE = 4
# People are looked for in the first so many chairs.
CHAIRS_LOOKED_INTO = 30

CHAIR_FIELDS = (
    *("pk", "slug", "title_en", "title_fr", "acronym", "origin"),
    *("cluster__slug", "cluster__name", "cluster__acronym"),
)
PERSON_FIELDS = ("name", "slug", "sort_key", "origin")

TITLES = (Field.TITLE, Field.ACRONYM)
TITLES_AND_PEOPLE = (*TITLES, Field.PEOPLE)


@dataclass(frozen=True)
class SuggestedChair:
    """A chair as the suggestions show it."""

    pk: int
    slug: str
    title_en: str
    title_fr: str
    acronym: str
    origin: str
    cluster_slug: str
    cluster_name: str
    cluster_acronym: str

    def __str__(self) -> str:
        here, other = (self.title_fr, self.title_en) if is_french() else (self.title_en, self.title_fr)
        return here or other

    @property
    def acronym_beside_title(self) -> str:
        return acronym_beside(self.acronym, self.title_en, self.title_fr)

    @property
    def cluster(self) -> str:
        return self.cluster_acronym or self.cluster_name

    def get_absolute_url(self) -> str:
        return address_of("chairs:detail", self.cluster_slug, self.slug)


@dataclass
class SuggestedPerson:
    """A person as the suggestions show them, with the employer to tell namesakes apart."""

    name: str
    slug: str
    sort_key: str
    origin: str
    employer: str = ""

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("chairs:person_detail", self.slug)


@dataclass(frozen=True)
class Suggestions:
    """The suggestions for a text; none if it is too short."""

    subjects: list[Subject] = field(default_factory=list)
    chairs: list[SuggestedChair] = field(default_factory=list)
    people: list[SuggestedPerson] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.subjects) + len(self.chairs) + len(self.people)


def suggestions_for(text: str) -> Suggestions:
    """Return the subjects, published chairs and publicly named people that match the text so far."""
    words = typed_words(text)
    if sum(map(len, words)) < MIN_LENGTH:
        return Suggestions()
    kept = directory()
    concepts, counts = concepts_of(kept), counts_at(kept)
    subjects = subjects_begun(words, concepts)
    uncounted = questions_for(subjects, counts, concepts)
    asked = [question(*_groups(words, fields)) for fields in (TITLES, TITLES_AND_PEOPLE)]
    # All in one database query.
    by_title, by_people, *having = answers([*asked, *uncounted.values()])
    counts.update(zip(uncounted, map(len, having), strict=True))
    found = [replace(subject, chairs=counts[subject.name]) for subject in subjects if counts[subject.name]]
    chairs = _chairs(by_title, by_people)
    people = _people([chair.pk for chair in chairs], words)
    return Suggestions(found[:SHOWN_SUBJECTS], chairs[:SHOWN_CHAIRS], people[:SHOWN_PEOPLE])


def typed_words(text: str) -> list[str]:
    """Return the typed words without function words, except the last one, which may be unfinished."""
    written = written_words(text[:MAX_LENGTH])[-MAX_WORDS:]
    telling = [one for one in written[:-1] if not is_function_word(one)] + written[-1:]
    return [word for one in telling for word in folded(one)]


def _chairs(by_title: BitMap, by_people: BitMap) -> list[SuggestedChair]:
    """Return the best chairs: matches by title first, then the shortest titles, then in alphabetical order."""
    best = by_title | by_people
    if len(best) > MAX_SORTED:
        groups = [by_title, by_people - by_title]
        best = BitMap(directory().page(groups, Sort("title_length", content_language()), 0, CHAIRS_LOOKED_INTO))
    rows = _first(pks=best, in_title=by_title & best) if best else []
    return [SuggestedChair(*row) for row in rows]


@Prepared
def _first() -> Any:
    title = f"card__title_key_{content_language()}"
    place = Case(When(pk__in=any_of(Argument("in_title", Keys())), then=0), default=1)
    chairs = Chair.objects.published().filter(pk__in=any_of(Argument("pks", Keys())))
    return chairs.order_by(place, Length(title), title, "pk").values_list(*CHAIR_FIELDS)[:CHAIRS_LOOKED_INTO]


def _groups(words: list[str], fields: tuple[Field, ...]) -> list[list[str]]:
    *whole, last = [term for word in words for term in looked_for(word)]
    return [*(_any_of(stems(word), fields) for word in whole), _any_of((f"{last}*", *stems(last)), fields)]


def _any_of(terms: tuple[str, ...], fields: tuple[Field, ...]) -> list[str]:
    return [placed for field in fields for term in terms for placed in in_field(field, term)]


def _people(chairs: Collection[int], words: list[str]) -> list[SuggestedPerson]:
    """Return the people of these chairs whose name has a word that starts with each typed word."""
    if not chairs:
        return []
    places = {pk: place for place, pk in enumerate(chairs)}
    people: dict[int, SuggestedPerson] = {}
    for _chair, pk, employer, *values in sorted(_posts(chairs=chairs), key=lambda post: places[post[0]]):
        person = people.setdefault(pk, SuggestedPerson(*values))
        person.employer = person.employer or employer or ""
    return sorted(
        (person for person in people.values() if _is_named(person.name, words)), key=lambda person: person.sort_key
    )


@Prepared
def _posts() -> Any:
    posts = Appointment.objects.named().filter(chair__in=any_of(Argument("chairs", Keys()))).order_by("pk")
    person = (f"person__{name}" for name in PERSON_FIELDS)
    return posts.values_list("chair", "person", "affiliation__name", *person)


def _is_named(person: str, words: list[str]) -> bool:
    names = [name for written in written_words(person) for name in folded(written)]
    return all(any(word in name if is_unspaced(word) else name.startswith(word) for name in names) for word in words)
