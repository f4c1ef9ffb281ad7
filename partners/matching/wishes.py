"""What a visitor wants to support. Whatever is left empty is no criterion."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from chairs.search.words import query_words

# Each word asks the index once.
MOST_WORDS = 8


@dataclass(frozen=True)
class Wish:
    """One visitor's wish. The budget is in euros, net of VAT."""

    themes: frozenset[str] = frozenset()
    words: str = ""
    regions: frozenset[str] = frozenset()
    budget: Decimal | None = None
    starts_on: datetime.date | None = None
    regime: str = ""

    @property
    def telling_words(self) -> list[str]:
        """Answer the words that are looked for, as the directory's search reads them."""
        return query_words(self.words)[:MOST_WORDS]

    @property
    def is_empty(self) -> bool:
        return not any((self.themes, self.telling_words, self.regions, self.budget, self.starts_on, self.regime))


def theme_key(cluster: str, theme: str) -> str:
    """Answer how an address names a theme: two clusters may have one of the same slug."""
    return f"{cluster}/{theme}"
