"""A scope is whose figures a page shows, and to whom.

It decides which entries count, which measures are shown and which pages are linked.
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

# Labels in the partner's words, as on its own pages. A measure and a kind of entry of one value are the same key.
PARTNER_LABELS = {**PARTNER_STATUS_LABELS, EntryKind.WRITTEN_OFF: gettext_lazy("No longer expected")}


@dataclass(frozen=True)
class Scope:
    """Whose figures a page shows.

    The names of its URLs start with `pages` (`<pages>`, `<pages>_export`, …); `args` are their arguments.
    """

    pages: str
    title: str
    # Returns the entries recorded before a moment, or all for None. A function, because pages with kept sums need no
    # such query.
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
        """Return the label of a status, a measure or a kind of entry in the words of this page's readers."""
        return str(choice.label if self.is_of_staff else PARTNER_LABELS.get(choice, choice.label))

    def url(self, page: str = "", *args, **query) -> str:
        """Return the URL of one of its pages (`export`, `entries`, `entries_export`) with a query string."""
        name = f"{self.pages}_{page}" if page else self.pages
        found = QueryDict(mutable=True)
        found.update({key: value for key, value in query.items() if value not in (None, "")})
        return reverse(name, args=[*self.args, *args]) + (f"?{found.urlencode()}" if found else "")


def published_sponsorships():
    """Return the sponsorships with a public amount, in public chairs: all that public figures count."""
    return Sponsorship.objects.with_public_amount()


def public_entries(sponsorships):
    """Return the entries of these sponsorships that public figures count; all the sponsorships must publish their amount."""
    counted = Q()
    for measure in PUBLIC:
        counted |= measure.counted
    return LedgerEntry.objects.filter(counted, sponsorship__in=sponsorships)


def published_entries(known_before: datetime.datetime | None = None):
    """Return the entries that public figures count.

    With a moment in the past: of what is public today, only what was public then.
    """
    told = published_sponsorships()
    if known_before is not None and is_over(known_before):
        told = with_amount_public_then(told, known_before)
    return public_entries(told.order_by().values("pk"))


def silent_then(known_before: datetime.datetime) -> int:
    """Return the number of sponsorships that are public, and were before a moment, without a public amount then."""
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
    """Return the scope of a partner's own figures: all its sponsorships, including those sent on its behalf."""
    title = _("Figures of %(partner)s") % {"partner": partner}

    def entries(known_before: datetime.datetime | None = None):
        return LedgerEntry.objects.filter(sponsorship__partner=partner)

    return Scope("figures:partner", title, entries, args=(partner.slug,), partner=partner)
