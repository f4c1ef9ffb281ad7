"""Calendars in iCalendar format (RFC 5545): whole days, lines of at most 75 bytes, one UID per event."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

MEDIA_TYPE = "text/calendar; charset=utf-8"
LINE_MAX_BYTES = 75


@dataclass(frozen=True)
class CalendarDay:
    """An event on one day. `uid` is the same at every request; `at` is the time of its last change."""

    uid: str
    day: datetime.date
    summary: str
    url: str
    at: datetime.datetime
    is_demonstration: bool = False


def calendar(days: Iterable[CalendarDay], name: str) -> Iterator[str]:
    """Yield the calendar, one day at a time."""
    yield _written(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cathedra//EN", f"X-WR-CALNAME:{_text(name)}"])
    for day in days:
        yield _written(_event(day))
    yield _written(["END:VCALENDAR"])


def _event(event: CalendarDay) -> list[str]:
    host = urlsplit(settings.SITE_URL).hostname
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}@{host}",
        f"DTSTAMP:{event.at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + datetime.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.summary)}",
        *(["CATEGORIES:DEMONSTRATION"] if event.is_demonstration else []),
        f"URL:{settings.SITE_URL}{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _written(lines: Iterable[str]) -> str:
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _text(value: str) -> str:
    escaped = " ".join(value.split()).replace("\\", "\\\\")
    return escaped.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 bytes, the later ones with a leading space, without splitting a character."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LINE_MAX_BYTES:
            yield part
            part = " "
        part += letter
    yield part
