"""Sums of entries by kind. Cash, in kind and skills are kept apart and never added together."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from sponsorships.accounting.sums import total
from sponsorships.enums import Contribution, EntryKind
from sponsorships.models.ledger import LedgerEntryQuerySet


@dataclass(frozen=True)
class SumOfKind:
    """The sum of the entries of one kind and one contribution, in euros net of VAT."""

    kind: EntryKind
    contribution: Contribution
    amount: Decimal

    @property
    def label(self) -> str:
        if self.contribution == Contribution.CASH:
            return str(self.kind.label)
        return _("%(kind)s, %(contribution)s") % {
            "kind": self.kind.label,
            "contribution": str(self.contribution.label).lower(),
        }


def sums_by_kind(entries: LedgerEntryQuerySet, on: datetime.date | None = None) -> list[SumOfKind]:
    """Return the sums by kind and contribution on a day (default today), cash first; one query."""
    rows = entries.on(on or timezone.localdate()).order_by().values("kind", "contribution").annotate(total=total())
    sums = [SumOfKind(EntryKind(row["kind"]), Contribution(row["contribution"]), row["total"]) for row in rows]
    kinds, contributions = list(EntryKind), list(Contribution)
    return sorted(sums, key=lambda row: (contributions.index(row.contribution), kinds.index(row.kind)))
