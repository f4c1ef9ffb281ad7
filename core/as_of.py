"""The day that a URL asks for: `?on=2025-04-07` shows a record as it was then. docs/as-of.md."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import EARLIEST, LATEST


@dataclass(frozen=True)
class AsOf:
    """The past day for which a page is requested, or a sentence on what is wrong with it. Neither: today's page."""

    day: datetime.date | None = None
    problem: str = ""

    @property
    def is_asked(self) -> bool:
        return self.day is not None or self.problem != ""


TODAY = AsOf()


def read_as_of(text: str) -> AsOf:
    """Return what the text of a URL asks for. Today gives TODAY; a future day is a problem."""
    day, problems = read_day(text.strip())
    today = timezone.localdate()
    if problems:
        return AsOf(problem=problems[0])
    if day > today:
        sentence = _("“%(text)s” is a day to come: pages show days that are over.")
        return AsOf(problem=sentence % shown(text))
    return TODAY if day == today else AsOf(day)


def as_of_asked(query: Mapping[str, str]) -> AsOf:
    """Return what the parameter `on` of a page asks for."""
    return read_as_of(query.get("on", ""))


def read_day(text: str) -> tuple[datetime.date, list[str]]:
    """Return the requested day, or today if there is none or it is invalid; and the problems, as sentences."""
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
    """Return the values for a sentence about an invalid date: the text, shortened, and an example."""
    return {"text": text[:40].replace("\x00", ""), "example": timezone.localdate().isoformat()}
