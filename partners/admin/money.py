"""Figures on the panel's pages: each a sum of the ledger, with a link to the entries behind it."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from clusters.money import euros
from partners.enums import Contribution, EntryKind
from partners.ledger.breakdown import SumOfKind, sums_by_kind
from partners.ledger.figures import later_steps, said


@dataclass(frozen=True)
class Figure:
    label: str
    amount: str
    url: str
    # What it becomes on later days, in words.
    later: str = ""


def figures_of(entries, always=(), **only) -> list[Figure]:
    """Return today's sums of a record's entries, each with what it becomes later and the address of its entries.

    `always` are those that show a zero.
    """
    later = later_steps(entries)
    always = (*always, *((EntryKind(kind), Contribution(contribution)) for kind, contribution in later))
    sums = {(row.kind, row.contribution): row for row in sums_by_kind(entries)}
    shown = [row for row in sums.values() if row.amount or (row.kind, row.contribution) in always]
    shown += [SumOfKind(*key, Decimal(0)) for key in dict.fromkeys(always) if key not in sums]
    order = [(kind, contribution) for contribution in Contribution for kind in EntryKind]
    return [
        Figure(
            row.label,
            euros(row.amount),
            ledger_url(kind__exact=row.kind, contribution__exact=row.contribution, **only),
            said(later.get((row.kind, row.contribution), [])),
        )
        for row in sorted(shown, key=lambda row: order.index((row.kind, row.contribution)))
    ]


def ledger_url(**only) -> str:
    """Return the address of the ledger's list, narrowed."""
    return f"{reverse('admin:partners_ledgerentry_changelist')}?{urlencode({name: str(value) for name, value in only.items()})}"
