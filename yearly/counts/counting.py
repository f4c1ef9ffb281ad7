"""A named count: a number for a scope, and the records behind it as lines that add up to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import QuerySet, Sum
from django.urls import NoReverseMatch, reverse

from yearly.enums import CountName, Unit
from yearly.models.units import UNITS
from yearly.scopes import Scope

Number = int | Decimal


@dataclass(frozen=True)
class Line:
    """A record behind a number, and what it adds; `url` is its page in the panel."""

    name: str
    detail: str
    cluster: str
    number: Number
    url: str = ""


@dataclass(frozen=True)
class Count:
    """A number, or None if it is not stated, and its lines, whose numbers add up to it."""

    name: CountName
    number: Callable[[Scope], Number | None]
    lines: Callable[[Scope], Iterable[Line]]
    # Whether the count also makes sense for a single chair.
    is_of_chairs: bool = True

    @property
    def unit(self) -> Unit:
        return UNITS[self.name]


def of_rows(
    name: CountName,
    records: Callable[[Scope], QuerySet[Any]],
    line: Callable[[Any, Number], Line],
    adds: str = "",
    **options: Any,
) -> Count:
    """Return a count of records: each adds 1, or the value of the column `adds`."""

    def number(scope: Scope) -> Number:
        found = records(scope).order_by()
        sum_ = found.aggregate(number=Sum(adds) if adds else CountRows("pk"))["number"]
        return sum_ or 0

    def lines(scope: Scope) -> Iterator[Line]:
        return (line(record, getattr(record, adds) if adds else 1) for record in records(scope))

    return Count(name, number, lines, **options)


def desk_of(record: Any) -> str:
    """Return the record's page in the panel; an empty text if it has none."""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
