"""The status on a past day of a chair that is public today, read from its log. See docs/as-of.md."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from chairs.enums import PUBLIC_STATUSES
from chairs.models import Chair, ChairTransition, TeachingElement
from core.known import end_of
from core.prepared import Argument, Prepared

# An academic year begins in September.
FIRST_MONTH = 9


@dataclass(frozen=True)
class Past:
    """A chair's status on a day."""

    status: str
    # The day of publication, if the chair was not public yet; None if the log does not say.
    public_since: datetime.date | None = None
    # The first day or year according to a source, if the chair had not begun.
    begins: int | None = None

    @property
    def was_public(self) -> bool:
        return self.status in PUBLIC_STATUSES and self.begins is None


def past_of(chair: Chair, day: datetime.date) -> Past:
    """Return a chair's status at the end of a day. A sourced chair has no log: its present status is returned."""
    lines = list(_lines(chair=chair.pk))
    if not lines:
        return Past(chair.status, begins=chair.first_year if _begins_after(chair, day) else None)
    end = end_of(day)
    _first_at, before, _first = lines[0]
    status = next((target for at, _source, target in reversed(lines) if at < end), before)
    since = next((at for at, _source, target in lines if at >= end and target in PUBLIC_STATUSES), None)
    return Past(status, timezone.localdate(since) if since and status not in PUBLIC_STATUSES else None)


def public_on(chairs: Any, day: datetime.date) -> Any:
    """Return the chairs that are public now and were public on a day: `past_of` as a query."""
    lines = ChairTransition.objects.filter(record=OuterRef("pk"))
    then = lines.filter(at__lt=end_of(day)).order_by("-at", "-pk").values("target")[:1]
    before = lines.order_by("at", "pk").values("source")[:1]
    stood = chairs.published().annotate(
        status_before=Subquery(before),
        status_then=Coalesce(Subquery(then), "status_before", F("status"), output_field=CharField()),
    )
    begun = Q(starts_on__lte=day) | Q(starts_on=None) & (Q(start_year=None) | Q(start_year__lte=day.year))
    return stood.filter(begun | Q(status_before__isnull=False), status_then__in=PUBLIC_STATUSES)


def _begins_after(chair: Chair, day: datetime.date) -> bool:
    first = chair.starts_on or (datetime.date(chair.start_year, 1, 1) if chair.start_year else day)
    return first > day


@Prepared
def _lines() -> Any:
    return (
        ChairTransition.objects.filter(record=Argument("chair"))
        .order_by("at", "pk")
        .values_list("at", "source", "target")
    )


def say_as_of(chair: Chair, past: Past, day: datetime.date) -> None:
    """Set, in memory only, a chair's status of a day, and clear a public grant that was stated later."""
    vars(chair)["status"] = past.status
    if not is_grant_stated(chair, day):
        vars(chair)["public_grant"] = None


def is_grant_stated(chair: Chair, day: datetime.date) -> bool:
    """Return whether a chair has a public grant that was stated by a day."""
    stated = chair.public_grant_on
    return chair.public_grant is not None and stated is not None and stated <= day


def taught_by(elements: Iterable[TeachingElement], day: datetime.date) -> list[TeachingElement]:
    """Return what was taught by a day: elements whose academic year had begun, or has no stated year."""
    return [one for one in elements if one.year is None or datetime.date(one.year, FIRST_MONTH, 1) <= day]
