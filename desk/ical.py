"""A calendar as programs read it (RFC 5545): whole days, lines of at most 75 bytes, one UID for one event."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from desk.calendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
LINE_MAX_BYTES = 75


def written(events: Iterable[Event], name: str, at: datetime) -> str:
    """Return the calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cathedra//Desk//EN", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, at)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(event: Event, at: datetime) -> list[str]:
    host = urlsplit(settings.SITE_URL).hostname
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}@{host}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'{event.what} – {event.title}')}",
        f"URL:{settings.SITE_URL}{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    escaped = " ".join(value.split()).replace("\\", "\\\\")
    return escaped.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts that fit, each further one begun by a space; no letter is cut in two."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LINE_MAX_BYTES:
            yield part
            part = " "
        part += letter
    yield part
