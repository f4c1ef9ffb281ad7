"""Reads every account of the ledger side by side, in a few queries however many there are, one account in memory at a time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F

from core.streams import CHUNK, Stream
from sponsorships.accounting.promises import PROMISES, Key
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import IN_FORCE_STATUSES, Contribution, EntryKind
from sponsorships.models import (
    Agreement,
    CountedSponsorship,
    Instalment,
    LedgerEntry,
    LedgerHead,
    Sponsorship,
    SponsorshipTransition,
)

CASH = Contribution.CASH.value
OF_ENTRY = (
    "sponsorship_id position kind contribution amount effective_on recorded_at act line activity_id instalment_id reference "
    "method vat_rate vat previous_hash hash"
).split()
OF_SPONSORSHIP = (
    "reference status submitted_at activity cash_amount in_kind_amount skills_amount origin confidentiality named_from "
    "amount_from chair__status chair__cluster"
).split()
OF_INSTALMENT = "sponsorship number amount status superseded_on agreement".split()
OF_AGREEMENT = "sponsorship number activity cash_amount in_kind_amount skills_amount".split()
NUMBERS = {
    "agreement_number": F("agreement__number"),
    "instalment_number": F("instalment__number"),
    "reversed_position": F("reverses__position"),
}


@dataclass
class WholeAccount:
    """A sponsorship with all that its account says: entries by position, instalments, agreements in force, its chain's end."""

    sponsorship: Sponsorship
    entries: list[Any]
    instalments: list[Instalment]
    agreements: list[Agreement]
    heads: list[LedgerHead]
    moves: list[tuple[Any, ...]]
    counted: list[CountedSponsorship]

    def __post_init__(self) -> None:
        self.sums: dict[tuple[str, str, int | None], Decimal] = defaultdict(lambda: ZERO)
        for entry in self.entries:
            self.sums[entry.kind, entry.contribution, entry.instalment_id] += entry.amount

    def sum(self, kind: str, contribution: str = CASH) -> Decimal:
        of_kind = (amount for key, amount in self.sums.items() if key[:2] == (kind, contribution))
        return sum(of_kind, ZERO)

    def of_instalment(self, instalment: Instalment, kind: str) -> Decimal:
        """Return the cash of a kind that entries of the instalment say."""
        return self.sums.get((kind, CASH, instalment.pk), ZERO)

    def planned(self) -> Decimal:
        """Return what the instalments that bind add up to."""
        binding = {agreement.pk for agreement in self.agreements}
        standing = (one for one in self.instalments if one.agreement_id in binding and one.superseded_on is None)
        return sum((one.amount for one in standing), ZERO)

    def recorded(self) -> dict[Key, Decimal]:
        found: dict[Key, Decimal] = {}
        for entry in self.entries:
            if entry.kind in PROMISES:
                key = (entry.kind, entry.contribution, entry.activity_id)
                found[key] = found.get(key, ZERO) + entry.amount
        return found

    def agreement(self) -> Agreement | None:
        return max(self.agreements, key=lambda agreement: agreement.number, default=None)

    def kept_at_the_end(self) -> dict[str, Decimal]:
        otherwise = (Contribution.IN_KIND.value, Contribution.SKILLS.value)
        received = {name: self.sum(EntryKind.RECEIVED, name) for name in otherwise}
        return {CASH: self.planned(), **received}


def every_account() -> Iterator[WholeAccount]:
    """Return the accounts of all sponsorships, by key."""
    entries = LedgerEntry.objects.order_by("sponsorship_id", "position").annotate(**NUMBERS)
    agreements = Agreement.objects.filter(status__in=IN_FORCE_STATUSES).order_by("sponsorship_id").only(*OF_AGREEMENT)
    moves = SponsorshipTransition.objects.order_by("record_id", "at", "pk").values_list("record_id", "at", "target")
    streams = [
        Stream(entries.values_list(*OF_ENTRY, *NUMBERS, named=True), _first),
        Stream(Instalment.objects.order_by("sponsorship_id", "number").only(*OF_INSTALMENT), _sponsorship),
        Stream(agreements, _sponsorship),
        Stream(LedgerHead.objects.order_by("sponsorship_id"), _sponsorship),
        Stream(moves, _first),
        Stream(CountedSponsorship.objects.order_by("pk"), _sponsorship),
    ]
    sponsorships = Sponsorship.objects.select_related("chair").only(*OF_SPONSORSHIP)
    for sponsorship in sponsorships.order_by("pk").iterator(CHUNK):
        yield WholeAccount(sponsorship, *(stream.of(sponsorship.pk) for stream in streams))


def _first(row: Any) -> int:
    key: int = row[0]
    return key


def _sponsorship(row: Any) -> int:
    key: int = row.sponsorship_id
    return key
