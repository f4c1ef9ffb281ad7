"""What records said at an earlier moment, by their field history: for figures as they were known then. docs/figures.md.

Where a history begins later than the moment, its first line is used: loaded and demonstration records have their past
written in one go. A record without history is taken as it is today.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.primary_keys import any_of

# A whole day; or a moment of it, for figures that are frozen before the day is over.
Known = datetime.date | datetime.datetime


def end_of(known: Known) -> datetime.datetime:
    """Return the exclusive end: the midnight after a day, or the moment itself."""
    if isinstance(known, datetime.datetime):
        return known
    return timezone.make_aware(datetime.datetime.combine(known + datetime.timedelta(days=1), datetime.time()))


def is_over(end: datetime.datetime) -> bool:
    """Return whether this end is in the past, so that what was known then may differ from now."""
    return end < timezone.now()


def last_day_before(end: datetime.datetime) -> datetime.date:
    """Return the last day before an exclusive end."""
    return timezone.localdate(end - datetime.timedelta(microseconds=1))


def version_of(history: QuerySet[Any], end: datetime.datetime, record: str = "pk") -> Coalesce:
    """Return an expression: the key of the history line in force at `end`, for the record at the path `record`."""
    lines = history.filter(id=OuterRef(OuterRef(record)))
    then = lines.filter(history_date__lt=end).order_by("-history_date", "-history_id").values("history_id")[:1]
    first = lines.order_by("history_date", "history_id").values("history_id")[:1]
    return Coalesce(Subquery(then), Subquery(first))


def status_of(log: QuerySet[Any], end: datetime.datetime, record: str, now: str) -> Coalesce:
    """Return an expression: the status at `end` by the timeline; before its first line, that line's; without lines, today's."""
    lines = log.filter(record=OuterRef(record))
    then = lines.filter(at__lt=end).order_by("-at", "-pk").values("target")[:1]
    first = lines.order_by("at", "pk").values("target")[:1]
    return Coalesce(Subquery(then), Subquery(first), F(now), output_field=CharField())


def say_as_known(records: Iterable[Any], end: datetime.datetime, *fields: str) -> None:
    """Set these fields of the records, in memory, to their values at `end`, in one query."""
    kept = {record.pk: record for record in records}
    if not kept:
        return
    lines: Any = type(next(iter(kept.values()))).history
    lines = lines.filter(id__in=any_of(kept)).order_by("history_date", "history_id")
    said: set[int] = set()
    for pk, at, *values in lines.values_list("id", "history_date", *fields):
        if at < end or pk not in said:
            vars(kept[pk]).update(zip(fields, values, strict=True))
            said.add(pk)
