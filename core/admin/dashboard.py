"""What awaits a user on the panel's front page: a sentence with a number, and the first records."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from core.admin.readers_queries import ask, count, keep, known
from core.admin.record_page import change_url
from core.tables_read import all_move_the_version, tables_of

# How many records are shown; the linked list has the others.
SHOWN = 5


@dataclass(frozen=True)
class Wait:
    """A query for records that may wait for a user, and how the front page presents them."""

    page: Any
    # Builds the queryset. It is cached for the reader, and so may depend only on the user and the day.
    records: Callable[[], QuerySet]
    # Makes the sentence from the number of records; `detail` makes the text beside one record.
    sentence: Callable[[int], str]
    # The query string that filters the list to these records.
    query: str
    detail: Callable[[Any], Any]
    # Whether the user has to act; otherwise it is only to be watched.
    is_asked: bool = True
    # Returns the object that says whether a record is demonstration data: itself, or its parent.
    bearer: Callable[[Any], Any] | None = None
    # For the desk: what to do with one record, since when it waits, and the due date.
    why: Any = ""
    since: Callable[[Any], Any] | None = None
    due: Callable[[Any], Any] | None = None
    # Returns the URL where one record is dealt with, if that is not its own page.
    there: Callable[[Any], str] | None = None

    def url_of(self, record: Any) -> str:
        return self.there(record) if self.there else change_url(record)

    @property
    def name(self) -> tuple[str, str]:
        return self.page.opts.label, self.sentence.__name__


@dataclass(frozen=True)
class Line:
    record: object
    url: str
    detail: str
    bearer: object


@dataclass(frozen=True)
class Waiting:
    """A group of waiting records as the front page shows it: its place among the groups, and its HTML."""

    place: int
    html: SafeString
    is_asked: bool


def first_of(reader, wait: Wait, at_most: int) -> list:
    """Return the first `at_most` waiting records, in the order of the queryset."""
    rows = ask(reader, (*wait.name, at_most), lambda: wait.records()[:at_most])
    wait.page.fetch_current(rows)
    return rows


def what_waits(request: HttpRequest, reader, waits: list[Wait]) -> list[Waiting]:
    """Return what waits for this reader. Groups of which every table moves the version are kept until it does."""
    of_public, others = keep((reader, "waits by tables"), lambda: _by_tables(waits))
    kept = known(request, reader, "what waits", lambda: _groups(reader, "kept", waits, of_public))
    return sorted([*kept, *_groups(reader, "asked", waits, others)], key=attrgetter("place"))


def _by_tables(waits: list[Wait]) -> tuple[list[int], list[int]]:
    """Return the places of the groups whose tables all move the version of the data, and those of the others."""
    moving, others = [], []
    for place, wait in enumerate(waits):
        found = moving if all_move_the_version(tables_of(wait.records())) else others
        found.append(place)
    return moving, others


def _groups(reader, name: str, waits: list[Wait], places: list[int]) -> list[Waiting]:
    """Return the groups at these places that are not empty. One query counts all of them; the first records are read then."""
    numbers = count(reader, f"what waits, {name}", [waits[place].records for place in places])
    found = zip(places, numbers, strict=True)
    return [_waiting(reader, place, waits[place], number) for place, number in found if number]


def _waiting(reader, place: int, wait: Wait, number: int) -> Waiting:
    lines = [
        Line(
            record,
            wait.url_of(record),
            str(wait.detail(record)),
            wait.bearer(record) if wait.bearer else record,
        )
        for record in first_of(reader, wait, SHOWN)
    ]
    page = f"admin:{wait.page.opts.app_label}_{wait.page.opts.model_name}"
    item = {
        "sentence": wait.sentence(number),
        "url": reverse(f"{page}_changelist") + wait.query,
        "lines": lines,
        "more": number - len(lines),
    }
    return Waiting(place, render_to_string("admin/_waiting.html", {"item": item}), wait.is_asked)
