"""The data with which the managing institution issues the tax receipt of a gift (2041-MEC-SD, Cerfa 16216).

Cathedra issues no receipt: the beneficiary does (CGI 238 bis). A research partnership entitles to none.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sponsorships.accounting.sums import ZERO
from sponsorships.agreements.terms import in_force
from sponsorships.enums import Contribution, EntryKind, Regime
from sponsorships.models import Agreement, LedgerEntry, Sponsorship


@dataclass(frozen=True)
class GiftYear:
    """What was received in a calendar year: one sum per contribution, never added up, and the entries, reversals included."""

    year: int
    cash: Decimal
    in_kind: Decimal
    skills: Decimal
    entries: list[LedgerEntry]


@dataclass(frozen=True)
class ReceiptData:
    """The data for a receipt, as far as this site has them."""

    sponsorship: Sponsorship
    agreement: Agreement | None
    years: list[GiftYear]

    @property
    def entries(self) -> list[LedgerEntry]:
        return [entry for year in self.years for entry in year.entries]


def receipt_data(sponsorship: Sponsorship) -> ReceiptData | None:
    """Return the receipt data of a gift of which something was received; None for anything else."""
    if sponsorship.regime != Regime.PATRONAGE:
        return None
    entries = sponsorship.entries.filter(kind=EntryKind.RECEIVED).select_related("reverses", "instalment")
    years = _years(entries.order_by("effective_on", "position"))
    return ReceiptData(sponsorship, in_force(sponsorship), years) if years else None


def _years(entries) -> list[GiftYear]:
    """Group the entries by the year of receipt. A reversal counts in the year of the entry that it reverses."""
    by_year = defaultdict(list)
    for entry in entries:
        by_year[(entry.reverses or entry).effective_on.year].append(entry)
    return [
        GiftYear(year, *(_sum(rows, contribution) for contribution in Contribution), entries=rows)
        for year, rows in sorted(by_year.items())
    ]


def _sum(entries: list[LedgerEntry], contribution: Contribution) -> Decimal:
    return sum((entry.amount for entry in entries if entry.contribution == contribution), ZERO)
