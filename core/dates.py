"""The dates that records accept: the programme's years, with a margin. Other years are typing mistakes."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1990, 2100
EARLIEST = datetime.date(FIRST_YEAR, 1, 1)
LATEST = datetime.date(LAST_YEAR, 12, 31)


def last_day_of(text: str) -> datetime.date | None:
    """Return the last day of a date such as 2021, 2021-01 or 2021-01-15, or None if it cannot be parsed."""
    parts = str(text or "").split("-")
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        first = datetime.date(year, month, day)
    except ValueError:
        return None
    if len(parts) >= 3:
        return first
    following = datetime.date(year + 1, 1, 1) if len(parts) == 1 or month == 12 else datetime.date(year, month + 1, 1)
    return following - datetime.timedelta(days=1)


def validate_day(day: datetime.date) -> None:
    """Raise ValidationError for a year such as 27 or 9999, which a browser sends while the date is half typed."""
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("Check the year: enter a date from 1990 to 2100."), code="no_day_of_ours")


def validate_happened(day: datetime.date) -> None:
    """Raise ValidationError for a future day, where only what has happened is recorded."""
    if day > timezone.localdate():
        raise ValidationError(_("This date is in the future: record it when it has happened."), code="to_come")
