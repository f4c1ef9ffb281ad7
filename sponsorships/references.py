"""Read references as people type them, in any case and with any spaces or dashes: post 2026 42, POST-2026-0042-P3, 2026-42."""

import re
from dataclasses import dataclass

from django.db.models import Q

from core.text import fold
from sponsorships.models.reference import AGREEMENT_MARK, INSTALMENT_MARK, NUMBER_DIGITS

# Longer than any reference, however it is spaced.
MAX_TYPED_LENGTH = 40
REFERENCE = re.compile(
    r"(?P<code>[A-Z0-9]{0,7}[A-Z])?(?P<year>20[0-9]{2})(?P<number>[0-9]{1,6})"
    rf"(?:(?P<mark>[{AGREEMENT_MARK}{INSTALMENT_MARK}])(?P<part>[0-9]{{1,4}}))?"
)


@dataclass(frozen=True)
class Reference:
    """A reference as typed. Without a code it may belong to any cluster; without a mark it names a sponsorship."""

    code: str
    year: int
    number: int
    mark: str = ""
    part: int = 0

    def of_sponsorship(self, path: str = "") -> Q:
        """Return a filter for the sponsorship with this reference; `path` is the lookup prefix that leads to it."""
        end = f"{self.code}-{self.year}-{self.number:0{NUMBER_DIGITS}d}"
        lookup = "short_reference" if self.code else "short_reference__endswith"
        return Q(**{f"{path}{lookup}": end})

    def of_part(self, mark: str) -> Q:
        """Return a filter for agreements or instalments (by `mark`) with this reference, or of the sponsorship that has it."""
        found = self.of_sponsorship("sponsorship__")
        if not self.mark:
            return found
        return found & Q(number=self.part) if self.mark == mark else Q(pk__in=[])


def read(text: str) -> Reference | None:
    """Return the reference in a text, or None if the text is not one."""
    typed = fold(text).replace(" ", "").upper() if len(text) <= MAX_TYPED_LENGTH else ""
    found = REFERENCE.fullmatch(typed)
    if found is None:
        return None
    return Reference(
        found["code"] or "", int(found["year"]), int(found["number"]), found["mark"] or "", int(found["part"] or 0)
    )
