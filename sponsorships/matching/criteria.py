"""A visitor's wish, and the weights of its criteria. A field left empty is no criterion."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cached_property

from core.tokenizer import MAX_QUERY_LENGTH, folded, is_function_word, looked_for, written_words

# Each word costs a query of the search index.
MAX_WORDS = 20
# Folded words that only say that the visitor wants to fund research, not what it is about.
ASKING = frozenset(
    "about an any company companies firm fund funding funds help interested like looking or partner project projects "
    "research seek seeking should something sponsor support supporting want wants wish would "
    "aider aimerais aimerions cherche cherchons concernant desire desirons entreprise entreprises envie financer "
    "interessee interesses projet projets recherche recherches sommes souhaite souhaitons soutenir sujet "
    "travaux veux voudrais voulons".split()
)


class Weight(IntEnum):
    """The weight of a criterion, met or missed. The subject of the research comes first, then whether it can be paid."""

    THEME = 8
    WORD = 6
    BUDGET = 5
    REGION = 3
    START = 3
    REGIME = 3


@dataclass(frozen=True)
class Wish:
    """A visitor's wish. The budget is in euros, net of VAT."""

    themes: frozenset[str] = frozenset()
    words: str = ""
    regions: frozenset[str] = frozenset()
    budget: Decimal | None = None
    starts_on: datetime.date | None = None
    regime: str = ""

    @cached_property
    def words_looked_for(self) -> dict[str, tuple[str, ...]]:
        """The words that name a subject, as typed, each with the terms that the directory's search makes of it."""
        found = {}
        for written in self._written:
            parts = () if _says_nothing(written) else _parts(written)
            if parts and parts not in found.values() and len(found) < MAX_WORDS:
                found[written] = parts
        return found

    @cached_property
    def words_left_out(self) -> list[str]:
        """The other words, as typed: they name no subject, or exceed MAX_WORDS."""
        read = set(self.words_looked_for.values())
        return [written for written in self._written if _parts(written) not in read or _says_nothing(written)]

    @property
    def words_to_tell(self) -> list[str]:
        """The left-out words to mention to the visitor.

        Function words such as “of” are not mentioned, unless the wish names no subject at all.
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
    """Return the terms that the directory's search makes of a word."""
    return tuple(part for word in folded(written) for part in looked_for(word))


def _says_nothing(written: str) -> bool:
    """Return whether a word names no subject, in either language."""
    return is_function_word(written) or ASKING.issuperset(folded(written))


# In place of a theme's slug: any subject of the cluster.
ANY_SUBJECT = ""


def theme_key(cluster: str, theme: str) -> str:
    """Return a theme's key in addresses. It includes the cluster, because two clusters may have the same theme slug."""
    return f"{cluster}/{theme}"
