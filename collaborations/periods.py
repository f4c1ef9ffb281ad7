"""Dates of which only the year or the month may be known, as texts: 2025, 2025-03, 2025-03-14. They sort as texts."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.dates import FIRST_YEAR, LAST_YEAR

MOMENT = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}", re.ASCII)


def validate_moment(text: str) -> None:
    """Raise ValidationError if the text is not a year, a month or a day within the programme's years."""
    parts = [int(part) for part in text.split("-")] if MOMENT.fullmatch(text) else []
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError):
        message = _("Write a year, a month or a day, such as 2025, 2025-03 or 2025-03-14.")
        raise ValidationError(message, code="no_moment") from None
    if not FIRST_YEAR <= parts[0] <= LAST_YEAR:
        message = _("Check the year: %(year)s is not between %(first)d and %(last)d.")
        params = {"year": parts[0], "first": FIRST_YEAR, "last": LAST_YEAR}
        raise ValidationError(message, code="no_year_of_ours", params=params)


def is_reversed(starts: str, ends: str) -> bool:
    """Return whether a period certainly ends before it starts: true for 2025-03 to 2025-02, false for 2025-03 to 2025."""
    known = min(len(starts), len(ends))
    return bool(known) and ends[:known] < starts[:known]


def years_of(starts: str, ends: str, today: datetime.date) -> range:
    """Return the years of a period, until today if no end is known; an empty range without a start."""
    if not starts:
        return range(0)
    first = int(starts[:4])
    return range(first, max(first, int(ends[:4]) if ends else today.year) + 1)
