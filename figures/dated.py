"""Figures by two dates: as of a day, and as known on a day. For past dates, the result never changes.

To freeze figures, keep both dates and compute them again: what is recorded later does not change the result.
docs/figures.md says what counts as known.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.enums import Origin
from clusters.models import Cluster
from core.known import Known, end_of, is_over, say_as_known
from figures.sums import Figures, Sums
from sponsorships.models import LedgerEntry

MADE_UP = Q(sponsorship__origin=Origin.DEMONSTRATION)
ORIGINS = {"": Q(), "demonstration": MADE_UP, "real": ~MADE_UP}
RELATED = ("sponsorship__partner", "sponsorship__chair__cluster", "activity", "instalment", "agreement")


@dataclass(frozen=True)
class Dates:
    """The day that figures are as of, and the day (its end) or moment that they are as known on; None means now."""

    on: datetime.date
    known: Known | None = None

    @property
    def known_before(self) -> datetime.datetime | None:
        return None if self.known is None else end_of(self.known)

    @property
    def is_past(self) -> bool:
        """Whether `known` is in the past, so that more may be known today."""
        return self.known_before is not None and is_over(self.known_before)

    def headings(self) -> list[str]:
        """Return the headings of the date columns at the start of each line of a file."""
        return [_("As of"), *([] if self.known is None else [_("As known on")])]

    def cells(self) -> list[Known]:
        return [self.on, *([] if self.known is None else [self.known])]

    @property
    def query(self) -> dict[str, str]:
        """The two dates as query parameters."""
        said = {"on": self.on.isoformat()}
        if self.known is not None:
            said["known"] = self.known.isoformat()
        return said

    @property
    def address(self) -> str:
        return urlencode(self.query)


def sums_of(
    cluster: Cluster | None, on: datetime.date, known: Known | None = None, *, records: str = "", entries=None
) -> Sums:
    """Return the sums of a cluster's part, or of the nation.

    They have `total()`, `by(Grouping)`, and `part(entry)` of each entry. `records` narrows to "real" or "demonstration".
    `entries` are the entries to start from, by default all.
    """
    found = LedgerEntry.objects.all() if entries is None else entries
    return Sums(found.filter(ORIGINS[records]), on, cluster, Dates(on, known).known_before)


def figures_of(cluster: Cluster | None, on: datetime.date, known: Known | None = None, *, records: str = "") -> Figures:
    """Return every figure of a cluster's part, or of the nation, in euros net of VAT, by `Measure`."""
    return sums_of(cluster, on, known, records=records).total()


def entries_of(sums: Sums) -> QuerySet[LedgerEntry]:
    """Return the entries behind sums, in a stable order with related records; `sums.part` gives each one's amount."""
    return sums.entries.order_by("effective_on", "sponsorship_id", "position").select_related(*RELATED)


def grants_of(clusters: Iterable[Cluster], known: Known | None = None) -> dict[int, Decimal]:
    """Return the clusters' public grants by key, in euros, as known on a day; the given objects are not changed."""
    said = [Cluster(pk=one.pk, public_grant=one.public_grant) for one in clusters]
    if known is not None and Dates(timezone.localdate(), known).is_past:
        say_as_known(said, end_of(known), "public_grant")
    return {one.pk: one.public_grant for one in said}
