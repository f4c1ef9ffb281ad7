"""What a chair that is public today was on a day that is over: its status, as its life tells. docs/as-of.md."""

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
    """Where a chair stood on a day."""

    status: str
    # When it was published, of one that was not public then; None where its life does not tell.
    public_since: datetime.date | None = None
    # When it begins, as a source says, of one that had not begun: a day or a year.
    begins: int | None = None

    @property
    def was_public(self) -> bool:
        return self.status in PUBLIC_STATUSES and self.begins is None


def past_of(chair: Chair, day: datetime.date) -> Past:
    """Return where a chair stood at the end of a day. One without a life, as a source has it, stood as it stands."""
    lines = list(_lines(chair=chair.pk))
    if not lines:
        return Past(chair.status, begins=chair.first_year if _begins_after(chair, day) else None)
    end = end_of(day)
    _first_at, before, _first = lines[0]
    status = next((target for at, _source, target in reversed(lines) if at < end), before)
    since = next((at for at, _source, target in lines if at >= end and target in PUBLIC_STATUSES), None)
    return Past(status, timezone.localdate(since) if since and status not in PUBLIC_STATUSES else None)


def public_on(chairs: Any, day: datetime.date) -> Any:
    """Return those of them that are public and were on a day, as `past_of` says of one."""
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
    """Let a chair say, in memory, its status of a day, and no grant that was stated later."""
    vars(chair)["status"] = past.status
    if chair.public_grant_on is not None and chair.public_grant_on > day:
        vars(chair)["public_grant"] = None


def taught_by(elements: Iterable[TeachingElement], day: datetime.date) -> list[TeachingElement]:
    """Return what was taught by a day: an academic year that had begun, or none that anybody states."""
    return [one for one in elements if one.year is None or datetime.date(one.year, FIRST_MONTH, 1) <= day]
