"""Counts of start-ups, counted outputs and people of chairs, for every page, report and figure.

Each function runs one query, and counts published records unless it gets a queryset. `invented` is the part of a number
that comes from demonstration records.

Years are calendar years, except for people, who are counted over any period: `calendar_year`, `academic_year`.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from chairs.enums import PUBLIC_STATUSES, StartUpTie
from chairs.models import Appointment, CountedOutput, StartUp
from chairs.periods import post_runs
from clusters.enums import Origin

# An academic year begins on the first of this month.
FIRST_MONTH = 9

Period = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class StartUps:
    """Counts of start-ups: all, those that come from research, those still alive."""

    total: int = 0
    spin_offs: int = 0
    alive: int = 0
    invented: int = 0
    # The invented ones among the spin-offs.
    invented_spin_offs: int = 0


@dataclass(frozen=True)
class Counted:
    """A number, and the part of it that comes from demonstration records."""

    number: int = 0
    invented: int = 0


def start_ups_by_year(start_ups: QuerySet[StartUp] | None = None) -> dict[int | None, StartUps]:
    """Return the counts of start-ups by year of foundation; None is for those without a stated year."""
    return {year: found for (year,), found in start_ups_by(start_ups, "founded_year").items()}


def start_ups_by_cluster(start_ups: QuerySet[StartUp] | None = None) -> dict[int, dict[int | None, StartUps]]:
    """Return, by cluster, the counts of start-ups by year of foundation; None is for those without a stated year."""
    return _nested(start_ups_by(start_ups, "cluster", "founded_year"))


def start_ups_by(start_ups: QuerySet[StartUp] | None, *keys: str) -> dict[tuple[Any, ...], StartUps]:
    """Return the counts of start-ups by the values of these columns, in order; by default of all published ones."""
    start_ups = StartUp.objects.published() if start_ups is None else start_ups
    spin_off, invented = Q(tie=StartUpTie.SPIN_OFF), Q(origin=Origin.DEMONSTRATION)
    rows = (
        start_ups.order_by(*keys)
        .values(*keys)
        .annotate(
            total=Count("pk"),
            spin_offs=Count("pk", filter=spin_off),
            alive=Count("pk", filter=Q(is_alive=True)),
            invented=Count("pk", filter=invented),
            invented_spin_offs=Count("pk", filter=spin_off & invented),
        )
    )
    return {tuple(row.pop(key) for key in keys): StartUps(**row) for row in rows}


def outputs_by_kind(outputs: QuerySet[CountedOutput] | None = None) -> dict[str, dict[int, Counted]]:
    """Return the number of patents, licences and transfers by kind (`CountedKind`), then by year."""
    return _nested(outputs_by(outputs, "kind", "year"))


def outputs_by_cluster(outputs: QuerySet[CountedOutput] | None = None) -> dict[int, dict[str, dict[int, Counted]]]:
    """Return the number of patents, licences and transfers by the chairs' cluster, then by kind, then by year."""
    found: dict[int, dict[str, dict[int, Counted]]] = defaultdict(lambda: defaultdict(dict))
    for (cluster, kind, year), counted in outputs_by(outputs, "chair__cluster", "kind", "year").items():
        found[cluster][kind][year] = counted
    return {cluster: dict(kinds) for cluster, kinds in found.items()}


def outputs_by(outputs: QuerySet[CountedOutput] | None, *keys: str) -> dict[tuple[Any, ...], Counted]:
    """Return the sums of counted outputs by the values of these columns, in order; by default of published chairs."""
    outputs = CountedOutput.objects.published() if outputs is None else outputs
    invented = Sum("number", filter=Q(chair__origin=Origin.DEMONSTRATION))
    rows = outputs.order_by(*keys).values_list(*keys).annotate(total=Sum("number"), invented=invented)
    return {tuple(key): Counted(number, of_demo or 0) for *key, number, of_demo in rows}


def calendar_year(year: int) -> Period:
    """Return the first and the last day of a calendar year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def academic_year(year: int) -> Period:
    """Return the first and the last day of the academic year that begins in this year."""
    return datetime.date(year, FIRST_MONTH, 1), datetime.date(year + 1, FIRST_MONTH, 1) - datetime.timedelta(days=1)


def people_by_role(
    years: Iterable[int], posts: QuerySet[Appointment] | None = None, period: Callable[[int], Period] = calendar_year
) -> dict[str, dict[int, Counted]]:
    """Return, by role (`AppointmentRole`), how many people held it in a published chair on at least one day of each year."""
    return {role: found for (role,), found in people_by(years, posts, "role", period=period).items()}


def people_by_cluster(
    years: Iterable[int], posts: QuerySet[Appointment] | None = None, period: Callable[[int], Period] = calendar_year
) -> dict[int, dict[str, dict[int, Counted]]]:
    """Return the same by the chairs' cluster. A person in two clusters counts in both, but once for the nation."""
    return _nested(people_by(years, posts, "chair__cluster", "role", period=period))


def people_by(
    years: Iterable[int],
    posts: QuerySet[Appointment] | None,
    *keys: str,
    period: Callable[[int], Period] = calendar_year,
) -> dict[tuple[Any, ...], dict[int, Counted]]:
    """Return how many different people have appointments in each year, by the values of these columns.

    People are counted whether they agreed to be named or not. An appointment without dates has those of its chair, else
    of the chair's phase.
    """
    posts = Appointment.objects.filter(chair__status__in=PUBLIC_STATUSES) if posts is None else posts
    invented, years = Q(chair__origin=Origin.DEMONSTRATION), list(years)
    counts = {}
    for year in years:
        runs = post_runs(*period(year))
        counts[f"in_{year}"] = Count("person", distinct=True, filter=runs)
        counts[f"invented_in_{year}"] = Count("person", distinct=True, filter=runs & invented)
    if not keys:
        rows = [posts.order_by().aggregate(**counts)]
    else:
        rows = list(posts.order_by(*keys).values(*keys).annotate(**counts))
    return {
        tuple(row[key] for key in keys): {
            year: Counted(row[f"in_{year}"], row[f"invented_in_{year}"]) for year in years
        }
        for row in rows
    }


def _nested(found: dict[tuple[Any, ...], Any]) -> dict[Any, dict[Any, Any]]:
    """Return a mapping with two-part keys as nested mappings."""
    nested: dict[Hashable, dict[Any, Any]] = defaultdict(dict)
    for (outer, inner), value in found.items():
        nested[outer][inner] = value
    return dict(nested)
