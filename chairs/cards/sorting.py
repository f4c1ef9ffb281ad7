"""The numbers by which chairs are sorted by their dates, of which a source often states the year only."""

import datetime

from chairs.models import Chair

# A year's days are numbered 1 to 366. A start of which only the year is known comes before them all, an end after.
DAYS_OF_A_YEAR = 1000
YEAR_ALONE_AT_THE_END = 999
# After every year that can be entered.
NOT_STATED = 99_999 * DAYS_OF_A_YEAR


def start_order(chair: Chair) -> int:
    """Return a number that is the smaller, the later the chair starts; the largest where that is not stated."""
    if chair.first_year is None:
        return NOT_STATED
    return -_number(chair.starts_on) if chair.starts_on else -chair.first_year * DAYS_OF_A_YEAR


def end_order(chair: Chair) -> int:
    """Return a number that is the smaller, the earlier the chair ends; the largest where that is not stated."""
    if chair.last_year is None:
        return NOT_STATED
    if chair.ends_on:
        return _number(chair.ends_on)
    return chair.last_year * DAYS_OF_A_YEAR + YEAR_ALONE_AT_THE_END


def first_not_over(today: datetime.date) -> int:
    """Return the smallest number of an end that has not passed."""
    return _number(today)


def _number(day: datetime.date) -> int:
    return day.year * DAYS_OF_A_YEAR + day.timetuple().tm_yday
