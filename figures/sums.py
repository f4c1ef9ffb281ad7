"""Figures: sums over any set of ledger entries, as of a date and as known on one, in total or by group.

They take a constant number of queries. Shared chairs are divided entry by entry, so the parts of any list add up to the
part of the whole, and the parts of all clusters to the national sum, to the cent.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db.models import Count, F, Q
from django.db.models.functions import TruncQuarter
from django.utils import timezone

from chairs.known_shares import known_shares
from chairs.models import ClusterShare
from chairs.models.share import in_force
from chairs.shares import divide
from clusters.enums import Origin
from core.known import end_of, is_over, status_of
from core.primary_keys import any_of
from figures.enums import Grouping, Made, Measure
from sponsorships.accounting.sums import ZERO, total
from sponsorships.models.sponsorship_transition import SponsorshipTransition

PATHS = {
    Grouping.CLUSTER: F("sponsorship__chair__cluster"),
    Grouping.CHAIR: F("sponsorship__chair"),
    Grouping.PARTNER: F("sponsorship__partner"),
    Grouping.ACTIVITY: F("activity"),
    Grouping.QUARTER: TruncQuarter("effective_on"),
}
SUMMED = {f"sum_{measure}": total(filter=measure.counted) for measure in Measure}
NUMBERS = {
    "sponsorships": Count("sponsorship", distinct=True),
    "entries": Count("pk"),
    "made_up": Count("pk", filter=Q(sponsorship__origin=Origin.DEMONSTRATION)),
}
# Partners' euros per public euro are small numbers.
RATIO = Decimal("0.0001")


@dataclass
class Figures:
    """The sums of a set of entries, in euros net of VAT, and the number of entries; `made_up` are of the demonstration."""

    amounts: dict[Measure, Decimal] = field(default_factory=lambda: dict.fromkeys(Measure, ZERO))
    sponsorships: int = 0
    entries: int = 0
    made_up: int = 0

    def __getitem__(self, measure) -> Decimal:
        return self.amounts[Measure(measure)]

    def __add__(self, other: "Figures") -> "Figures":
        """Return the sums of two sets of entries without common entries or sponsorships."""
        return Figures(
            {measure: self.amounts[measure] + other.amounts[measure] for measure in Measure},
            self.sponsorships + other.sponsorships,
            self.entries + other.entries,
            self.made_up + other.made_up,
        )

    @property
    def made(self) -> Made:
        if not self.made_up:
            return Made.NO
        return Made.YES if self.made_up == self.entries else Made.PARTLY


def leverage(partners: Decimal, public: Decimal | None) -> Decimal | None:
    """Return partners' euros per public euro; None if the public grant is not stated or zero."""
    return (partners / public).quantize(RATIO, ROUND_HALF_UP) if public else None


class Sums:
    """The sums of entries on a date: of a cluster's part if a cluster is given, and as known before a moment if one is given."""

    def __init__(
        self, entries, on: datetime.date | None = None, cluster=None, known_before: datetime.datetime | None = None
    ):
        self.on = on or timezone.localdate()
        self.cluster = cluster
        self.known_before = known_before
        self.entries = self._counted(entries.on(self.on).recorded_before(known_before).order_by())

    @cached_property
    def shares(self) -> dict:
        if self.known_before is not None and is_over(self.known_before):
            return in_force(known_shares(self.known_before, self.cluster and self.cluster.pk), self.on)
        shares = ClusterShare.objects.all()
        if self.cluster is not None:
            shares = shares.filter(chair__in=shares.filter(cluster=self.cluster).values("chair"))
        return shares.in_force(self.on)

    def _counted(self, entries):
        """Return the entries of which the cluster counts at least a part."""
        if self.cluster is None:
            return entries
        theirs = [chair for chair, shares in self.shares.items() if self.cluster.pk in shares]
        return entries.filter(Q(sponsorship__chair__cluster=self.cluster) | Q(sponsorship__chair__in=any_of(theirs)))

    def only(self, is_made_up: bool) -> "Sums":
        """Return the sums of real or of made-up records."""
        made_up = Q(sponsorship__origin=Origin.DEMONSTRATION)
        entries = self.entries.filter(made_up if is_made_up else ~made_up)
        return Sums(entries, self.on, self.cluster, self.known_before)

    def total(self) -> Figures:
        return self._add_up(None).get(None, Figures())

    def by(self, grouping: Grouping) -> dict:
        """Return the sums of each group with entries, by its key (for a quarter, its first day)."""
        return self._add_up(Grouping(grouping))

    @property
    def divides(self) -> bool:
        """Whether some entries count only in part."""
        return self.cluster is not None and any(self.cluster.pk in shares for shares in self.shares.values())

    def part(self, entry) -> Decimal:
        """Return the part of an entry's amount that counts; fetch the entry with its sponsorship's chair."""
        chair = entry.sponsorship.chair
        if self.cluster is None or chair.pk not in self.shares:
            return entry.amount
        return divide(entry.amount, self.shares[chair.pk], chair.cluster_id).get(self.cluster.pk, ZERO)

    def _add_up(self, grouping: Grouping | None) -> dict:
        if not self.divides and not (grouping == Grouping.CLUSTER and self.shares):
            return self._in_the_database(self.entries, grouping)
        whole = self._in_the_database(self.entries.exclude(sponsorship__chair__in=any_of(self.shares)), grouping)
        shared = self._one_by_one(grouping)
        return {key: whole.get(key, Figures()) + shared.get(key, Figures()) for key in {**whole, **shared}}

    def _in_the_database(self, entries, grouping: Grouping | None) -> dict:
        if grouping is None:
            rows = [{"key": None, **entries.aggregate(**SUMMED, **NUMBERS)}]
        else:
            rows = entries.annotate(key=self._path(grouping)).values("key").annotate(**SUMMED, **NUMBERS)
        return {
            row["key"]: Figures(
                {measure: row[f"sum_{measure}"] for measure in Measure}, *(row[number] for number in NUMBERS)
            )
            for row in rows
        }

    def _one_by_one(self, grouping: Grouping | None) -> dict:
        """Add up the entries of shared chairs one by one: each is divided into whole cents."""
        found: dict = defaultdict(Figures)
        seen = defaultdict(set)
        for line in self._shared_lines:
            for cluster, amount in line["parts"].items():
                if self.cluster is not None and cluster != self.cluster.pk:
                    continue
                key = cluster if grouping == Grouping.CLUSTER else line[grouping] if grouping else None
                figures = found[key]
                if measure := Measure.of(line["kind"], line["contribution"]):
                    figures.amounts[measure] += amount
                figures.entries += 1
                figures.made_up += line["sponsorship__origin"] == Origin.DEMONSTRATION
                seen[key].add(line["sponsorship"])
        for key, sponsorships in seen.items():
            found[key].sponsorships = len(sponsorships)
        return dict(found)

    @cached_property
    def _shared_lines(self) -> list[dict]:
        """Return the entries of shared chairs, each with its parts by cluster."""
        entries = self.entries.filter(sponsorship__chair__in=any_of(self.shares))
        # The activity is a column of the entry, so it needs no alias.
        keys = {grouping.value: self._path(grouping) for grouping in Grouping if grouping != Grouping.ACTIVITY}
        facts = ("kind", "contribution", "amount", "activity", "sponsorship", "sponsorship__origin")
        lines = list(entries.values(*facts, **keys))
        for line in lines:
            line["parts"] = divide(line["amount"], self.shares[line["chair"]], line["cluster"])
        return lines

    def _path(self, grouping: Grouping):
        return status_on(self.on, self.known_before) if grouping == Grouping.STATUS else PATHS[grouping]


def status_on(day: datetime.date, known_before: datetime.datetime | None = None):
    """Return the status of an entry's sponsorship at the end of a day, as an expression that reads its log."""
    end = end_of(day) if known_before is None else min(end_of(day), known_before)
    if not is_over(end):
        return F("sponsorship__status")
    return status_of(SponsorshipTransition.objects.all(), end, "sponsorship", "sponsorship__status")
