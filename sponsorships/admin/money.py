"""Figures on the panel's pages: each is a sum of ledger entries, with a link to them."""

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
    # The amounts on later days, in words.
    later: str = ""


def figures_of(sums, always=(), **only) -> list[Figure]:
    """Return today's sums of a record's entries, each with its later amounts and a link to its entries.

    `sums` comes from `split_at`; `always` lists the (kind, contribution) pairs to show even at zero; `only` filters the
    links.
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
    """Return the address of the ledger's list, filtered by `only`."""
    return f"{reverse('admin:sponsorships_ledgerentry_changelist')}?{urlencode({name: str(value) for name, value in only.items()})}"
