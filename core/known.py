"""What records said by a moment, as their field history tells: for figures as they were known then. docs/figures.md.

Where a history begins later than the moment, its first line stands for what was before: loaded and made-up records have a
past that was written in one go. A record without any history says what it says today.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.primary_keys import any_of

# A day, whole; or a moment of it, for what is frozen before the day is over.
Known = datetime.date | datetime.datetime


def end_of(known: Known) -> datetime.datetime:
    """Return the first moment that is no longer known: the midnight after a day, or the moment itself."""
    if isinstance(known, datetime.datetime):
        return known
    return timezone.make_aware(datetime.datetime.combine(known + datetime.timedelta(days=1), datetime.time()))


def is_over(end: datetime.datetime) -> bool:
    """Return whether what was known by then can differ from what is known now."""
    return end < timezone.now()


def last_day_before(end: datetime.datetime) -> datetime.date:
    """Return the last day of which something is known."""
    return timezone.localdate(end - datetime.timedelta(microseconds=1))


def version_of(history: QuerySet[Any], end: datetime.datetime, record: str = "pk") -> Coalesce:
    """Return the key of the history's line that held at the end, of the query's record at the end of a path."""
    lines = history.filter(id=OuterRef(OuterRef(record)))
    then = lines.filter(history_date__lt=end).order_by("-history_date", "-history_id").values("history_id")[:1]
    first = lines.order_by("history_date", "history_id").values("history_id")[:1]
    return Coalesce(Subquery(then), Subquery(first))


def status_of(log: QuerySet[Any], end: datetime.datetime, record: str, now: str) -> Coalesce:
    """Return the status at the end, as a timeline says; before it begins the first that it says, without one today's."""
    lines = log.filter(record=OuterRef(record))
    then = lines.filter(at__lt=end).order_by("-at", "-pk").values("target")[:1]
    first = lines.order_by("at", "pk").values("target")[:1]
    return Coalesce(Subquery(then), Subquery(first), F(now), output_field=CharField())


def say_as_known(records: Iterable[Any], end: datetime.datetime, *fields: str) -> None:
    """Let records say, in memory, what these fields of them were at the end; in one query."""
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
