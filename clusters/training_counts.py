"""How many people training programmes have, each counted once, for every page, report and figure.

An intake counts a cluster's people in a programme in a year. People in several intakes are in an overlap of exactly
these (`IntakeOverlap`). So the number of people is the sum of the intakes, less each overlap's people for every intake
beyond the first. Two queries, however many programmes there are.

Numbers that only some intakes state (completed, women) are sums of the stated ones: minimums.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from clusters.enums import Origin
from clusters.models import Intake, OverlapPart

# Columns of an overlap, and of its intakes besides the grouping columns.
OF_OVERLAP = ("people", "completed", "women", "continuing")
OF_INTAKE = ("year", "cluster", "completed", "women")


@dataclass
class People:
    """The people of some intakes, each once. None means that no intake states the number."""

    # The sum of the intakes: a person in two intakes counts twice.
    counted: int = 0
    # The people whom the declared overlaps among these intakes repeat.
    repeated: int = 0
    # The people whom another cluster's intake counts too; only if counted by cluster.
    shared: int = 0
    completed: int | None = None
    women: int | None = None
    # The people of the intakes that state the number of women: the whole for the share of women.
    women_among: int = 0
    continuing: int = 0
    intakes: int = 0
    # The part of `counted` that comes from demonstration programmes.
    invented: int = 0

    @property
    def enrolled(self) -> int:
        """The number of people, each counted once."""
        return self.counted - self.repeated

    def take_off(self, overlap: dict[str, Any], parts: list[dict[str, Any]]) -> None:
        """Count the people of an overlap once, as `parts` are the intakes here that count them."""
        beyond = len(parts) - 1
        self.repeated += beyond * overlap["people"]
        self.continuing -= beyond * (overlap["continuing"] or 0)
        completed, women = (_beyond_first(parts, name) for name in ("completed", "women"))
        if self.completed is not None:
            self.completed -= completed * (overlap["completed"] or 0)
        if self.women is not None:
            self.women -= women * (overlap["women"] or 0)
            self.women_among -= women * overlap["people"]


def people_by_year(intakes: QuerySet[Intake] | None = None) -> dict[int, People]:
    """Return the people of these intakes, by default of the nation, by the first year of the academic year."""
    return {year: people for (year,), people in people_by(intakes, "year").items()}


def people_by_cluster(intakes: QuerySet[Intake] | None = None) -> dict[int, dict[int, People]]:
    """Return, by cluster and year, each cluster's people.

    A person in two clusters counts in both: `shared` is their number, and the nation has fewer people than the sum.
    """
    found: dict[int, dict[int, People]] = defaultdict(dict)
    for (cluster, year), people in people_by(intakes, "cluster", "year").items():
        found[cluster][year] = people
    return dict(found)


def people_by_programme(intakes: QuerySet[Intake] | None = None) -> dict[int, dict[int, People]]:
    """Return, by programme and year, each programme's people."""
    found: dict[int, dict[int, People]] = defaultdict(dict)
    for (programme, year), people in people_by(intakes, "programme", "year").items():
        found[programme][year] = people
    return dict(found)


def people_by(intakes: QuerySet[Intake] | None, *keys: str) -> dict[tuple[int, ...], People]:
    """Return the people by these columns of their intakes, in order; by default of all published programmes."""
    intakes = Intake.objects.published() if intakes is None else intakes
    found = {tuple(row.pop(key) for key in keys): People(**_stated(row)) for row in _sums(intakes, keys)}
    for overlap, parts in _overlaps(intakes, keys):
        clusters = {part["cluster"] for part in parts}
        for key, mine in _grouped(parts, keys):
            found[key].take_off(overlap, mine)
            if "cluster" in keys and len(clusters) > 1:
                found[key].shared += overlap["people"]
    return found


def _sums(intakes: QuerySet[Intake], keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    invented = Q(programme__origin=Origin.DEMONSTRATION)
    sums = (
        intakes.order_by(*keys)
        .values(*keys)
        .annotate(
            counted=Sum("enrolled"),
            sum_completed=Sum("completed"),
            sum_women=Sum("women"),
            women_among=Sum("enrolled", filter=Q(women__isnull=False)),
            sum_continuing=Sum("continuing"),
            intakes=Count("pk"),
            invented=Sum("enrolled", filter=invented),
        )
    )
    return iter(sums)


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    """Return the sums as arguments of `People`; “completed” and “women” stay None if no intake states them."""
    values = {name.removeprefix("sum_"): value for name, value in row.items()}
    return {name: value if name in ("completed", "women") else value or 0 for name, value in values.items()}


def _overlaps(intakes: QuerySet[Intake], keys: Iterable[str]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield each overlap with its intakes that are counted here."""
    own = [f"overlap__{name}" for name in OF_OVERLAP]
    theirs = [f"intake__{name}" for name in dict.fromkeys((*OF_INTAKE, *keys))]
    parts = OverlapPart.objects.filter(intake__in=intakes.order_by().values("pk")).order_by("overlap", "pk")
    found: dict[int, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for row in parts.values("overlap", *own, *theirs):
        overlap = {name: row[f"overlap__{name}"] for name in OF_OVERLAP}
        part = {name.removeprefix("intake__"): row[name] for name in theirs}
        found.setdefault(row["overlap"], (overlap, []))[1].append(part)
    return iter(found.values())


def _grouped(
    parts: list[dict[str, Any]], keys: Iterable[str]
) -> Iterator[tuple[tuple[int, ...], list[dict[str, Any]]]]:
    groups: dict[tuple[int, ...], list[dict[str, Any]]] = defaultdict(list)
    for part in parts:
        groups[tuple(part[key] for key in keys)].append(part)
    return iter(groups.items())


def _beyond_first(parts: list[dict[str, Any]], name: str) -> int:
    """Return how many of the intakes state this number, beyond the first."""
    return max(sum(part[name] is not None for part in parts) - 1, 0)
