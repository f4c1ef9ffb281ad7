"""What awaits a user on the panel's front page: a sentence with a number, and the first records."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.admin.readers_queries import ask, count
from core.admin.record_page import change_url

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
    """A group of waiting records, with the first of them."""

    sentence: str
    url: str
    lines: list[Line]
    more: int
    is_asked: bool


def first_of(reader, wait: Wait, at_most: int) -> list:
    """Return the first `at_most` waiting records, in the order of the queryset."""
    return ask(reader, (*wait.name, at_most), lambda: wait.records()[:at_most])


def what_waits(reader, waits: list[Wait]) -> list[Waiting]:
    """Return what waits for this reader. One query counts all groups, and only non-empty ones are fetched."""
    numbers = count(reader, "what waits", [wait.records for wait in waits])
    return [_waiting(reader, wait, number) for wait, number in zip(waits, numbers, strict=True) if number]


def _waiting(reader, wait: Wait, number: int) -> Waiting:
    first = first_of(reader, wait, SHOWN)
    page = f"admin:{wait.page.opts.app_label}_{wait.page.opts.model_name}"
    lines = [
        Line(
            record,
            wait.url_of(record),
            str(wait.detail(record)),
            wait.bearer(record) if wait.bearer else record,
        )
        for record in first
    ]
    url = reverse(f"{page}_changelist") + wait.query
    return Waiting(wait.sentence(number), url, lines, number - len(lines), wait.is_asked)
