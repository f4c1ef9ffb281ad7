"""A scope says whose figures a page shows and who reads them.

Which entries count, which figures are shown, which pages are linked.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Choices, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import Cluster
from core.known import is_over
from figures.enums import CASH, OTHERWISE, PUBLIC, Measure
from partners.models import Partner
from sponsorships.enums import PARTNER_STATUS_LABELS, EntryKind
from sponsorships.known import named_then, with_amount_public_then
from sponsorships.models import LedgerEntry, Sponsorship

# Labels in the partner's words, as on its own files. A figure and a kind of entry with one label are the same to it.
PARTNER_LABELS = {**PARTNER_STATUS_LABELS, EntryKind.WRITTEN_OFF: gettext_lazy("No longer expected")}


@dataclass(frozen=True)
class Scope:
    """`pages` begins the names of its addresses (`<pages>`, `<pages>_export`, `<pages>_entries`, …), `args` are theirs."""

    pages: str
    title: str
    # Asked for where entries are listed or added up one by one: pages that read kept sums need no such query. It takes the
    # moment before which they are known; None is now.
    find_entries: Callable[[datetime.datetime | None], QuerySet]
    measures: tuple[Measure, ...] = (*CASH, *OTHERWISE)
    args: tuple = ()
    # The cluster whose part of shared chairs is counted; None counts the whole.
    cluster: Cluster | None = None
    partner: Partner | None = None
    is_public: bool = False

    @cached_property
    def entries(self) -> QuerySet:
        return self.find_entries(None)

    @property
    def is_of_staff(self) -> bool:
        return not self.is_public and self.partner is None

    def said(self, choice: Choices) -> str:
        """Return what this page's readers call a status, a figure or a kind of entry: each side has words of its own."""
        return str(choice.label if self.is_of_staff else PARTNER_LABELS.get(choice, choice.label))

    def url(self, page: str = "", *args, **query) -> str:
        """Return the address of one of its pages (`export`, `entries`, `entries_export`) with a query."""
        name = f"{self.pages}_{page}" if page else self.pages
        found = QueryDict(mutable=True)
        found.update({key: value for key, value in query.items() if value not in (None, "")})
        return reverse(name, args=[*self.args, *args]) + (f"?{found.urlencode()}" if found else "")


def published_sponsorships():
    """Sponsorships whose partner publishes the amount, in public chairs: all that a public figure counts."""
    return Sponsorship.objects.with_public_amount()


def public_entries(sponsorships):
    """Return the entries of these sponsorships that public figures count: all of them publish their amount."""
    counted = Q()
    for measure in PUBLIC:
        counted |= measure.counted
    return LedgerEntry.objects.filter(counted, sponsorship__in=sponsorships)


def published_entries(known_before: datetime.datetime | None = None):
    """Return all that public figures count, as known before a moment: of what the public may know today, what it knew then."""
    told = published_sponsorships()
    if known_before is not None and is_over(known_before):
        told = with_amount_public_then(told, known_before)
    return public_entries(told.order_by().values("pk"))


def silent_then(known_before: datetime.datetime) -> int:
    """Return how many sponsorships the public knew before a moment, and knows, without an amount that counts then."""
    told = with_amount_public_then(published_sponsorships(), known_before).order_by()
    return named_then(Sponsorship.objects.named(), known_before).exclude(pk__in=told.values("pk")).count()


def every_entry(known_before: datetime.datetime | None = None):
    return LedgerEntry.objects.all()


def public() -> Scope:
    return Scope("figures:public", _("Figures"), published_entries, PUBLIC, is_public=True)


def nation() -> Scope:
    return Scope("panel_figures:nation", _("National figures"), every_entry)


def of_cluster(cluster: Cluster) -> Scope:
    title = _("Figures of %(cluster)s") % {"cluster": cluster}
    return Scope("panel_figures:cluster", title, every_entry, args=(cluster.slug,), cluster=cluster)


def of_partner(partner: Partner) -> Scope:
    """What a partner reads of itself: its own sponsorships, those sent on its behalf too."""
    title = _("Figures of %(partner)s") % {"partner": partner}

    def entries(known_before: datetime.datetime | None = None):
        return LedgerEntry.objects.filter(sponsorship__partner=partner)

    return Scope("figures:partner", title, entries, args=(partner.slug,), partner=partner)
