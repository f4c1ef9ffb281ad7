"""What awaits a person on the front page of the panel: a sentence with its number, and the first records."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.admin.readers_queries import ask, count
from core.admin.record_page import change_url

# The list behind the sentence has the rest.
SHOWN = 5


@dataclass(frozen=True)
class Wait:
    """What may wait for a reader: records of a page of the panel, as the front page says them."""

    page: Any
    # Builds the query of the records. It is kept for the reader, and so may read nothing but who they are and the day.
    records: Callable[[], QuerySet]
    # Takes the number of records; and what is said of one of them.
    sentence: Callable[[int], str]
    # How the list is narrowed to them.
    query: str
    detail: Callable[[Any], Any]
    # Of the person, or only to be kept in view.
    is_asked: bool = True
    # What says whether a record is made up: itself, or what it belongs to.
    bearer: Callable[[Any], Any] | None = None
    # For the desk: what is to be done with one of them, since when it waits, and by which day.
    why: Any = ""
    since: Callable[[Any], Any] | None = None
    due: Callable[[Any], Any] | None = None
    # Where one of them is dealt with, where that is not its page.
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
    """What waits, with its first records."""

    sentence: str
    url: str
    lines: list[Line]
    more: int
    is_asked: bool


def first_of(reader, wait: Wait, at_most: int) -> list:
    """Return the first records of what waits, in its order."""
    return ask(reader, (*wait.name, at_most), lambda: wait.records()[:at_most])


def what_waits(reader, waits: list[Wait]) -> list[Waiting]:
    """Return what waits for this reader: all of it is counted in one question, and only what there is is read."""
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
