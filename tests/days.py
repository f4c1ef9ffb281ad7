"""Days as they are when a test asks. One that is taken while tests are imported is yesterday's once a run crosses midnight."""

import datetime
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Day:
    """A day so many days from today: `TOMORROW()` is the date."""

    away: int

    def __call__(self) -> datetime.date:
        return timezone.localdate() + datetime.timedelta(days=self.away)


YESTERDAY, TODAY, TOMORROW = Day(-1), Day(0), Day(1)


def noon_of(day: datetime.date) -> datetime.datetime:
    """Return a moment of that day here. So many times 24 hours ago may be another day, when summer time ends."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def as_of_now(values: dict) -> dict:
    """Return a case's values, which are made while tests are imported, with each day as it is now."""
    return {name: value() if isinstance(value, Day) else value for name, value in values.items()}
