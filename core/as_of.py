"""The day that an address asks for: `?on=2025-04-07` shows a record as it stood then. docs/as-of.md."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import EARLIEST, LATEST


@dataclass(frozen=True)
class AsOf:
    """The day that is over for which a page is asked, or what is wrong with it. Neither: the page of today."""

    day: datetime.date | None = None
    problem: str = ""

    @property
    def is_asked(self) -> bool:
        return self.day is not None or self.problem != ""


TODAY = AsOf()


def read_as_of(text: str) -> AsOf:
    """Return what the text of an address asks for. Today is the page itself; of a day to come nothing is known."""
    day, problems = read_day(text.strip())
    today = timezone.localdate()
    if problems:
        return AsOf(problem=problems[0])
    if day > today:
        sentence = _("“%(text)s” is a day to come: pages show days that are over.")
        return AsOf(problem=sentence % shown(text))
    return TODAY if day == today else AsOf(day)


def as_of_asked(query: Mapping[str, str]) -> AsOf:
    """Return what `on` asks for, in the query of a page."""
    return read_as_of(query.get("on", ""))


def read_day(text: str) -> tuple[datetime.date, list[str]]:
    """Return the day asked for (today, where none is or it is not one), and what is wrong with it."""
    today = timezone.localdate()
    if not text:
        return today, []
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return today, [_("“%(text)s” is not a date: write it as %(example)s.") % shown(text)]
    if not EARLIEST <= day <= LATEST:
        return today, [_("“%(text)s” is not a date of the programme: enter one from 1990 to 2100.") % shown(text)]
    return day, []


def shown(text: str) -> dict[str, str]:
    """Return what a sentence says of a text that is no day of ours."""
    return {"text": text[:40].replace("\x00", ""), "example": timezone.localdate().isoformat()}
