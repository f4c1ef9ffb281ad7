"""Which entries of the vocabulary a text may be the beginning of: what a visitor may mean in other words, or another language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from chairs.cards.directory import Directory
from chairs.search.concepts import Concepts, Term
from chairs.search.matching import MIN_BEGINNING, question_of
from core.addresses import address_of
from core.languages import content_language

# So many are looked for; those that find nothing are not shown.
CANDIDATES, SHOWN = 4, 3


@dataclass(frozen=True)
class Subject:
    """A word of the vocabulary in the reader's language, the word that was begun where it is another, and how many it finds."""

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
    """Return the few that are nearest to what was typed.

    What was typed whole comes first, then the reader's language, what is called so, the fewest words, and what the vocabulary
    has first: it begins with what is most general.
    """
    here, found = content_language(), dict[str, Subject]()
    # So few letters begin many words: those of another language are not what is meant.
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
    """Return, by subject, the question for the chairs that its link finds, of those that were not counted yet."""
    return {one.name: question_of(one.name, concepts) for one in subjects if one.name not in counts}


def counts_at(directory: Directory) -> dict[str, int]:
    """Return how many chairs each subject finds that was asked for since the data changed last.

    An entry of the vocabulary is found by hundreds of terms: whoever types a word asks for it at each letter.
    """
    counts: dict[str, int] = directory.keep((), "chairs of subjects", dict, at=directory.number)
    return counts
