"""What has changed since a day: the entries recorded since, with their reasons, and each figure before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.enums import Origin
from figures import entries
from figures.dated import Dates
from figures.entries import CHUNK
from figures.enums import Made, Measure
from figures.query import Asked
from figures.scopes import Scope
from figures.sums import Sums
from figures.tables import Column, Sort
from sponsorships.models import LateEntry, LedgerEntry

RECORDED = Column("recorded_on", _("Recorded on"), Sort.DATE)
REASON = Column("reason", _("Why it counts in a closed year"), Sort.TEXT)


@dataclass(frozen=True)
class Change:
    """A figure as known then and as known now, in euros."""

    label: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


@dataclass
class Changes:
    scope: Scope
    dates: Dates

    @property
    def asked(self) -> Asked:
        """The entries recorded since the day, as a list of entries needs them."""
        end = self.dates.known_before
        reason = LateEntry.objects.filter(act=OuterRef("act"), year=ExtractYear(OuterRef("effective_on")))
        found = LedgerEntry.objects.filter(recorded_at__gte=end).annotate(reason=Subquery(reason.values("reason")[:1]))
        return Asked(self.scope, self.dates, Sums(found, self.dates.on, self.scope.cluster))

    def figures(self) -> list[Change]:
        """Return each figure that is or was other than zero."""
        then, now = (
            Sums(self.scope.find_entries(end), self.dates.on, self.scope.cluster, end).total()
            for end in (self.dates.known_before, None)
        )
        shown = [one for one in Measure if then[one] or now[one]]
        return [Change(str(one.label), then[one], now[one]) for one in shown]


def columns(asked: Asked) -> list[Column]:
    left_out = {entries.VAT_RATE, entries.VAT, entries.WITH_VAT, entries.ACTIVITY}
    if asked.scope.cluster is not None and not asked.sums.divides:
        left_out.add(entries.CLUSTER)
    shown = [RECORDED, *(one for one in entries.entry_columns(asked) if one not in left_out)]
    # The reason is what the page is for: it stands before the columns that may need scrolling.
    shown.insert(shown.index(entries.WHAT) + 1, REASON)
    return shown


def values(asked: Asked, entry: LedgerEntry) -> dict[Column, object]:
    said = {RECORDED: timezone.localdate(entry.recorded_at), REASON: entry.reason or ""}
    return entries.values_of(asked, entry) | said


def ordered(asked: Asked):
    related = ("sponsorship__partner", "sponsorship__chair__cluster", "activity")
    return asked.sums.entries.order_by("recorded_at", "sponsorship_id", "position").select_related(*related)


def lines(asked: Asked) -> Iterator[list]:
    """Yield every entry for a file, in the page's order."""
    shown = columns(asked)
    for entry in ordered(asked).iterator(chunk_size=CHUNK):
        said = values(asked, entry)
        made = Made.YES if entry.sponsorship.origin == Origin.DEMONSTRATION else Made.NO
        yield [str(made.label), *(said[column] for column in shown)]
