"""The entries of the vocabulary that start with the typed words: suggestions in other words, or in another language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from chairs.cards.directory import Directory
from chairs.search.concepts import Concepts, Term
from chairs.search.matching import MIN_BEGINNING, question_of
from core.addresses import address_of
from core.languages import content_language

# How many candidates to look up; those that match no chair are not shown.
CANDIDATES, SHOWN = 4, 3


@dataclass(frozen=True)
class Subject:
    """A term in the reader's language, the typed term if it is another, and the number of chairs that match."""

    name: str
    language: str
    begun: str
    begun_language: str
    chairs: int = 0

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{address_of('chairs:list')}?{urlencode({'q': self.name})}"


def subjects_begun(words: list[str], concepts: Concepts) -> list[Subject]:
    """Return the few subjects nearest to the typed words.

    The order: complete terms first, then terms in the reader's language, then preferred terms, then the shortest, then
    the vocabulary's own order, which starts with the most general.
    """
    here, found = content_language(), dict[str, Subject]()
    # So few letters start too many words: skip those of the other language.
    is_short = sum(map(len, words)) < MIN_BEGINNING
    begun = [term for term in concepts.begun_by(words) if term.language == here or not is_short]
    named = [(term, concepts.preferred(term.concept, here)) for term in begun]

    def nearness(pair: tuple[Term, Term]) -> tuple[bool, bool, bool, int, int]:
        term, name = pair
        is_whole = len(term.words) == len(words) and term.words[-1] == words[-1]
        return not is_whole, term.language != here, term != name, len(term.words), term.concept

    for term, name in sorted(named, key=nearness):
        called = "" if term.text == name.text else term.text
        found.setdefault(name.text, Subject(name.text, name.language, called, term.language))
    return list(found.values())[:CANDIDATES]


def questions_for(subjects: list[Subject], counts: dict[str, int], concepts: Concepts) -> dict[str, str]:
    """Return, by subject, the index query for its chairs; only for subjects that are not counted yet."""
    return {one.name: question_of(one.name, concepts) for one in subjects if one.name not in counts}


def counts_at(directory: Directory) -> dict[str, int]:
    """Return the numbers of chairs counted so far, by subject; emptied when the data changes.

    A subject is matched by hundreds of terms, and requested again at each letter that a reader types.
    """
    counts: dict[str, int] = directory.keep((), "chairs of subjects", dict, at=directory.number)
    return counts
