"""What a visitor wants to support. Whatever is left empty is no criterion."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cached_property

from core.tokenizer import MAX_QUERY_LENGTH, folded, is_function_word, looked_for, written_words

# Each word asks the index once.
MAX_WORDS = 20
# Folded words that only say that somebody wants to fund research, and not which research.
ASKING = frozenset(
    "about an any company companies firm fund funding funds help interested like looking or partner project projects "
    "research seek seeking should something sponsor support supporting want wants wish would "
    "aider aimerais aimerions cherche cherchons concernant desire desirons entreprise entreprises envie financer "
    "interessee interesses projet projets recherche recherches sommes souhaite souhaitons soutenir sujet "
    "travaux veux voudrais voulons".split()
)


class Weight(IntEnum):
    """How much a criterion counts, met or missed. What the research is about comes first, then whether it can be paid."""

    THEME = 8
    WORD = 6
    BUDGET = 5
    REGION = 3
    START = 3
    REGIME = 3


@dataclass(frozen=True)
class Wish:
    """One visitor's wish. The budget is in euros, net of VAT."""

    themes: frozenset[str] = frozenset()
    words: str = ""
    regions: frozenset[str] = frozenset()
    budget: Decimal | None = None
    starts_on: datetime.date | None = None
    regime: str = ""

    @cached_property
    def words_looked_for(self) -> dict[str, tuple[str, ...]]:
        """Return the words that name a subject, as they were written, each with what the directory's search reads in it."""
        found = {}
        for written in self._written:
            parts = () if _says_nothing(written) else _parts(written)
            if parts and parts not in found.values() and len(found) < MAX_WORDS:
                found[written] = parts
        return found

    @cached_property
    def words_left_out(self) -> list[str]:
        """Return the other words, as they were written: they name no subject, or are too many."""
        read = set(self.words_looked_for.values())
        return [written for written in self._written if _parts(written) not in read or _says_nothing(written)]

    @property
    def words_to_tell(self) -> list[str]:
        """Return those left out that somebody could have expected to find something by.

        Nobody does so of "of" or of a cut-off article, unless the wish has nothing else.
        """
        has_subject = bool(self.words_looked_for)
        return [written for written in self.words_left_out if not (has_subject and is_function_word(written))]

    @cached_property
    def _written(self) -> list[str]:
        return list(dict.fromkeys(written_words(self.words[:MAX_QUERY_LENGTH])))

    @property
    def is_empty(self) -> bool:
        return not any((self.themes, self.words_looked_for, self.regions, self.budget, self.starts_on, self.regime))


def _parts(written: str) -> tuple[str, ...]:
    """Return what the directory's search reads in a word."""
    return tuple(part for word in folded(written) for part in looked_for(word))


def _says_nothing(written: str) -> bool:
    """Return whether a word names no subject, in either language."""
    return is_function_word(written) or ASKING.issuperset(folded(written))


# Stands for a theme where any subject of a cluster will do.
ANY_SUBJECT = ""


def theme_key(cluster: str, theme: str) -> str:
    """Return how an address names a theme: two clusters may have one of the same slug."""
    return f"{cluster}/{theme}"
