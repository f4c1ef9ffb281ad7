"""French says « 1er juin » and « 2 juin »: Django's own formats know no such day."""

from django.utils import dateformat

from core.languages import is_french

_day_of_month = dateformat.DateFormat.j


def day_of_month(self) -> int | str:
    """Return the day of the month, without a leading zero; the first is an ordinal in French."""
    day = _day_of_month(self)
    return "1er" if day == 1 and is_french() else day


def teach_ordinals() -> None:
    """Make `j` write the first of a month as the active language does, in whatever format it stands.

    Replaced in Django's own class, because templates, the panel, forms and documents all end there.
    """
    dateformat.DateFormat.j = day_of_month
