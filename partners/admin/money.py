"""Figures on the panel's pages: each a sum of the ledger, with a link to the entries behind it."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.money import euros
from partners.enums import Contribution, EntryKind
from partners.ledger.sums import total

# What counts as money that moved; what it became of a proposal stands before.
KINDS = list(EntryKind)


@dataclass(frozen=True)
class SumOfKind:
    """What the entries of one kind and one contribution add up to."""

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


@dataclass(frozen=True)
class Figure:
    label: str
    amount: str
    url: str


def sums_by_kind(entries) -> list[SumOfKind]:
    """Answer the sums of these entries by kind and contribution, in one query, cash first: they never add up."""
    rows = entries.order_by().values("kind", "contribution").annotate(total=total())
    sums = [SumOfKind(EntryKind(row["kind"]), Contribution(row["contribution"]), row["total"]) for row in rows]
    kinds, contributions = list(EntryKind), list(Contribution)
    return sorted(sums, key=lambda row: (contributions.index(row.contribution), kinds.index(row.kind)))


def figures_of(entries, always=(), **only) -> list[Figure]:
    """Answer the sums of a record's entries, each with the address of its entries; `always` those that show a zero."""
    sums = {(row.kind, row.contribution): row for row in sums_by_kind(entries)}
    shown = [row for row in sums.values() if row.amount or (row.kind, row.contribution) in always]
    shown += [SumOfKind(*key, Decimal(0)) for key in always if key not in sums]
    order = [(kind, contribution) for contribution in Contribution for kind in EntryKind]
    return [
        Figure(
            row.label, euros(row.amount), ledger_url(kind__exact=row.kind, contribution__exact=row.contribution, **only)
        )
        for row in sorted(shown, key=lambda row: order.index((row.kind, row.contribution)))
    ]


def ledger_url(**only) -> str:
    """Answer the address of the ledger's list, narrowed."""
    return f"{reverse('admin:partners_ledgerentry_changelist')}?{urlencode({name: str(value) for name, value in only.items()})}"
