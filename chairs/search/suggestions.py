"""What a visitor may mean while still typing: chairs by title, acronym or people, and the people themselves.

The last word is taken for the beginning of one; everywhere else, words are whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, QuerySet, When
from django.db.models.functions import Length

from chairs.models import Appointment, Chair
from chairs.search.documents import Field
from chairs.search.questions import entries, in_field
from chairs.search.tokenizer import folded, is_function_word, looked_for, stems, written_words
from clusters.models import Person
from core.text import is_unspaced

# With fewer letters, nearly everything matches.
MIN_LENGTH = 3
# Nobody types a longer name; what is beyond is not read.
MAX_LENGTH = 100
MAX_WORDS = 6
SHOWN_CHAIRS = 6
SHOWN_PEOPLE = 4
# Among the people of so many chairs, people are looked for.
CHAIRS_LOOKED_INTO = 30

# Where a chair that is suggested keeps its appointments of people who are named.
POSTS = "named_posts"

TITLES = (Field.TITLE, Field.ACRONYM)
TITLES_AND_PEOPLE = (*TITLES, Field.PEOPLE)


@dataclass(frozen=True)
class Suggestions:
    """What is suggested; nothing for a text that is too short."""

    chairs: list[Chair] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.chairs) + len(self.people)


def suggestions_for(text: str, language: str) -> Suggestions:
    """Return the published chairs and publicly named people that the text may be the beginning of."""
    words = typed_words(text)
    if sum(map(len, words)) < MIN_LENGTH:
        return Suggestions()
    chairs = list(_chairs(words, language))
    return Suggestions(chairs[:SHOWN_CHAIRS], _people(chairs, words)[:SHOWN_PEOPLE])


def typed_words(text: str) -> list[str]:
    """Return the words typed so far: no function words, save the last, which may become another word."""
    written = written_words(text[:MAX_LENGTH])[-MAX_WORDS:]
    telling = [one for one in written[:-1] if not is_function_word(one)] + written[-1:]
    return [word for one in telling for word in folded(one)]


def _chairs(words: list[str], language: str) -> QuerySet[Chair]:
    title = f"card__title_key_{language}"
    in_title = When(pk__in=entries(*_groups(words, TITLES)), then=0)
    found: QuerySet[Chair] = (
        Chair.objects.published()
        .filter(pk__in=entries(*_groups(words, TITLES_AND_PEOPLE)))
        .annotate(distance=Case(in_title, default=1, output_field=IntegerField()))
        .order_by("distance", Length(title).asc(nulls_last=True), F(title).asc(nulls_last=True), "pk")
        .select_related("cluster")
        .prefetch_related(
            Prefetch("appointments", Appointment.objects.named().select_related("person", "affiliation"), to_attr=POSTS)
        )
    )[:CHAIRS_LOOKED_INTO]
    return found


def _groups(words: list[str], fields: tuple[Field, ...]) -> list[list[str]]:
    *whole, last = [term for word in words for term in looked_for(word)]
    return [*(_any_of(stems(word), fields) for word in whole), _any_of((f"{last}*", *stems(last)), fields)]


def _any_of(terms: tuple[str, ...], fields: tuple[Field, ...]) -> list[str]:
    return [placed for field in fields for term in terms for placed in in_field(field, term)]


def _people(chairs: list[Chair], words: list[str]) -> list[Person]:
    """Return the people of these chairs whose name has a word that begins with each word typed."""
    people: dict[int, Person] = {}
    posts: Iterator[Appointment] = (post for chair in chairs for post in getattr(chair, POSTS))
    for post in posts:
        person: Any = people.setdefault(post.person_id, post.person)
        # Two people of one name are told apart by who employs them.
        person.employer = getattr(person, "employer", None) or post.affiliation
    return sorted(
        (person for person in people.values() if _is_named(person, words)), key=lambda person: person.sort_key
    )


def _is_named(person: Person, words: list[str]) -> bool:
    names = [name for written in written_words(person.name) for name in folded(written)]
    return all(any(word in name if is_unspaced(word) else name.startswith(word) for name in names) for word in words)
