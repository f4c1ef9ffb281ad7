"""What an indicator counts: the records of a cluster, the nation or a chair in a year; real or made-up ones, never both."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q, QuerySet

from chairs.models import Chair
from chairs.periods import chair_runs
from clusters.enums import Origin
from clusters.models import Cluster
from figures.dated import sums_of
from figures.sums import Figures, Sums
from sponsorships.models import LedgerEntry
from yearly.deadlines import first_day, last_day
from yearly.enums import Records


@dataclass(frozen=True)
class Scope:
    """A year, and a cluster or a chair; without either, the nation."""

    year: int
    cluster: Cluster | None = None
    chair: Chair | None = None
    is_made_up: bool = False

    @property
    def first(self) -> datetime.date:
        return first_day(self.year)

    @property
    def last(self) -> datetime.date:
        return last_day(self.year)

    def of(self, year: int) -> "Scope":
        return replace(self, year=year)

    def same_origin(self, path: str = "") -> Q:
        """Return the condition that a record, reached by `path`, is real, or made up, as the scope counts."""
        made_up = Q(**{f"{path}origin": Origin.DEMONSTRATION})
        return made_up if self.is_made_up else ~made_up

    @cached_property
    def chairs(self) -> QuerySet[Chair]:
        """The published chairs whose records count, whether they ran in the year or not."""
        found = Chair.objects.published().filter(self.same_origin())
        if self.chair is not None:
            return found.filter(pk=self.chair.pk)
        return found if self.cluster is None else found.filter(cluster=self.cluster)

    def in_chairs(self) -> QuerySet:
        """Return the keys of these chairs, to filter records that belong to them."""
        return self.chairs.order_by().values("pk")

    @property
    def running(self) -> QuerySet[Chair]:
        """The chairs that ran on at least one day of the year."""
        return self.chairs.filter(chair_runs(self.first, self.last))

    @cached_property
    def sums(self) -> Sums:
        """The sums of these chairs' money on the last day of the year, as known now."""
        # A chair's own report counts all of its money, even if clusters share it.
        mine = None if self.chair is None else LedgerEntry.objects.filter(sponsorship__chair=self.chair)
        records = Records.DEMONSTRATION if self.is_made_up else Records.REAL
        return sums_of(self.cluster, self.last, records=records.value, entries=mine)

    @cached_property
    def money(self) -> Figures:
        return self.sums.total()
