"""When a chair's yearly report is due. The official date is not public: this one is the site's own."""

import datetime

DUE_MONTH, DUE_DAY = 3, 31
# Automatic reminders are sent from so many days before the due day until so many days after; later, staff remind by
# hand.
WATCHED_BEFORE, WATCHED_AFTER = 30, 60


def due_on(year: int) -> datetime.date:
    """Return the day by which the report of a year is due."""
    return datetime.date(year + 1, DUE_MONTH, DUE_DAY)


def first_day(year: int) -> datetime.date:
    return datetime.date(year, 1, 1)


def last_day(year: int) -> datetime.date:
    return datetime.date(year, 12, 31)


def year_to_report(today: datetime.date) -> int:
    """Return the last year that is over."""
    return today.year - 1
