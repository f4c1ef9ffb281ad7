"""Figures on the panel's pages: each a sum of the ledger, with a link to the entries behind it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from core.money import euros
from sponsorships.accounting.breakdown import SumOfKind
from sponsorships.accounting.figures import said
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import Contribution, EntryKind


@dataclass(frozen=True)
class Figure:
    label: str
    amount: str
    url: str
    # What it becomes on later days, in words.
    later: str = ""


def figures_of(sums, always=(), **only) -> list[Figure]:
    """Return today's sums of a record's entries, each with what it becomes later and the address of its entries.

    `sums` are those of `now_and_later`; `always` are those that show a zero.
    """
    now, later = sums
    order = [(kind, contribution) for contribution in Contribution for kind in EntryKind]
    shown = [SumOfKind(*key, now.get(key, ZERO)) for key in order if now.get(key) or key in later or key in always]
    return [
        Figure(
            row.label,
            euros(row.amount),
            ledger_url(kind__exact=row.kind, contribution__exact=row.contribution, **only),
            said(later.get((row.kind, row.contribution), [])),
        )
        for row in shown
    ]


def ledger_url(**only) -> str:
    """Return the address of the ledger's list, narrowed."""
    return f"{reverse('admin:sponsorships_ledgerentry_changelist')}?{urlencode({name: str(value) for name, value in only.items()})}"
