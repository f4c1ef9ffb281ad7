"""How many people are trained in a year: stated for the nation and clusters by sources, and counted by programmes.

Stated and counted numbers are never added up, nor are those of demonstration programmes and of others.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusters.enums import Origin, StatedKind, StatedSubject
from clusters.models import Cluster, Intake, StatedCount
from clusters.training_counts import People, people_by_cluster, people_by_year
from core.kept_parts import kept_part
from core.money import number
from core.svg_charts import Series, bars


@dataclass(frozen=True)
class Part:
    """A cluster's people by year, in the order of the years."""

    cluster: Cluster
    by_year: list[People | None]


@dataclass(frozen=True)
class Counted:
    """The people whom programmes count, by year: of each cluster, and of the nation with each person once."""

    years: list[int]
    parts: list[Part]
    people: list[People]

    @property
    def labels(self) -> list[str]:
        return [academic_year(year) for year in self.years]

    @cached_property
    def sums(self) -> list[int]:
        """The sums of the clusters' people by year: a person in two clusters counts in both."""
        columns = zip(*(part.by_year for part in self.parts), strict=True)
        return [sum(people.enrolled for people in column if people) for column in columns]

    @property
    def in_several(self) -> list[int]:
        """By how much the sums exceed the number of people, by year."""
        return [total - people.enrolled for total, people in zip(self.sums, self.people, strict=True)]

    @property
    def chart(self) -> SafeString:
        """The chart of the latest year: each cluster's people, the largest number first."""
        latest = [(str(part.cluster), part.by_year[-1]) for part in self.parts]
        shown = sorted(
            ((people.enrolled, name) for name, people in latest if people), key=lambda one: (-one[0], one[1])
        )
        values = Series(_("People"), [Decimal(value) for value, _name in shown])
        title = _("People trained in %(year)s, by cluster") % {"year": self.labels[-1]}
        return _chart(title, [name for _value, name in shown], values)


def academic_year(year: int) -> str:
    return f"{year}–{year + 1}"


def national_line() -> SafeString:
    """Return as HTML how many people are trained in a year, and the target. Cached until one of the numbers changes."""
    return kept_part(("training", "national"), lambda: render_to_string("clusters/_training_national.html", _context()))


def _context() -> dict:
    stated = _stated()
    nation = [one for one in stated if not one.clusters.all()]
    of_clusters = [one for one in stated if one.clusters.all()]
    invented = Intake.objects.published().filter(programme__origin=Origin.DEMONSTRATION)
    counted = counted_people(Intake.objects.published().exclude(programme__origin=Origin.DEMONSTRATION))
    return {
        "start": _first(nation, StatedKind.BASELINE),
        "target": _first(nation, StatedKind.TARGET),
        "stated": nation,
        "stated_by_cluster": of_clusters,
        "counted": counted,
        "invented": counted_people(invented),
        "chart": line_chart(nation, counted),
    }


def counted_people(intakes: QuerySet[Intake]) -> Counted | None:
    """Return the people of these intakes by year; None if there are no intakes."""
    by_year = people_by_year(intakes)
    if not by_year:
        return None
    years = sorted(by_year)
    by_cluster = people_by_cluster(intakes)
    clusters = Cluster.objects.filter(pk__in=by_cluster).order_by("name")
    parts = [Part(cluster, [by_cluster[cluster.pk].get(year) for year in years]) for cluster in clusters]
    return Counted(years, parts, [by_year[year] for year in years])


def line_chart(stated: Iterable[StatedCount], counted: Counted | None) -> SafeString | str:
    """Return the chart of the nation's stated numbers, beside the counted people of each year; empty without stated ones."""
    stated = [one for one in stated if one.value is not None]
    if not stated:
        return ""
    places: defaultdict[str, list[Decimal | None]] = defaultdict(lambda: [None, None])
    for one in stated:
        places[_said(one)][0] = Decimal(one.value)
    if counted is None:
        return _chart(
            _("People trained in a year"), list(places), Series(_("Stated"), [row[0] for row in places.values()])
        )
    for label, people in zip(counted.labels, counted.people, strict=True):
        places[label][1] = Decimal(people.enrolled)
    columns = list(zip(*places.values(), strict=True))
    both = Series(_("Stated"), columns[0]), Series(_("Counted by programmes"), columns[1])
    return _chart(_("People trained in a year"), list(places), *both)


def _said(one: StatedCount) -> str:
    kind = one.get_kind_display()
    return f"{kind} {one.as_of[:4]}" if one.as_of else str(kind)


def _chart(title: str, labels: list[str], *series: Series) -> SafeString:
    spoken = "; ".join(
        f"{one.name}, {label}: {number(value)}"
        for one in series
        for label, value in zip(labels, one.values, strict=True)
        if value is not None
    )
    return bars(title, spoken, labels, series, number)


def _stated() -> list[StatedCount]:
    counts = StatedCount.objects.filter(subject=StatedSubject.TRAINED_A_YEAR).exclude(origin=Origin.DEMONSTRATION)
    return list(counts.prefetch_related("clusters"))


def _first(stated: list[StatedCount], kind: StatedKind) -> StatedCount | None:
    return next((one for one in stated if one.kind == kind), None)
