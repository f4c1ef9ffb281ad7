"""French writes « 1er juin » and « 2 juin »; Django's formats have no such ordinal."""

from django.utils import dateformat

from core.languages import is_french

_day_of_month = dateformat.DateFormat.j


def day_of_month(self) -> int | str:
    """Return the day of the month without a leading zero; in French the first is “1er”."""
    day = _day_of_month(self)
    return "1er" if day == 1 and is_french() else day


def teach_ordinals() -> None:
    """Make the format character `j` write the first of the month as the active language does.

    It patches Django's own class, which templates, the admin, forms and documents all use.
    """
    dateformat.DateFormat.j = day_of_month
