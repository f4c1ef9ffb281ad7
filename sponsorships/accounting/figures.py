"""The definition of each figure, on a date and later, for every page, list, export and mail.

A figure is the sum of one kind of entry of one contribution on a date (docs/figures.md). An overpayment does not count
as received.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, DateField, Expression, F, QuerySet, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from core.money import euros
from sponsorships.accounting.sums import ZERO, total
from sponsorships.enums import Contribution, EntryKind
from sponsorships.models.ledger import LedgerEntry, LedgerEntryQuerySet


@dataclass(frozen=True)
class FigureChange:
    """The amount of a figure from a later day on, when an amendment takes effect."""

    amount: Decimal
    day: datetime.date


def figure(
    entries: LedgerEntryQuerySet,
    kind: EntryKind,
    contribution: Contribution = Contribution.CASH,
    on: datetime.date | None = None,
) -> Decimal:
    """Return a figure on a date (default today): the sum of the entries in effect by then, in euros net of VAT."""
    return entries.on(on or timezone.localdate()).total(kind, contribution=contribution)


def now_and_later(
    entries: LedgerEntryQuerySet, *path: str, on: datetime.date | None = None
) -> tuple[dict[tuple[Any, ...], Decimal], dict[tuple[Any, ...], list[FigureChange]]]:
    """Return the figures on a day (default today), and their later changes; one query.

    Both are dictionaries by kind, contribution and the columns in `path`.
    """
    on = on or timezone.localdate()
    return split_at(on, rows_by_day(entries, Value(on, DateField()), *path), *path)


def rows_by_day(entries: LedgerEntryQuerySet, on: Expression, *path: str) -> QuerySet[LedgerEntry, dict[str, Any]]:
    """Return sums of entries by kind, contribution, the columns in `path`, and the day from which they count."""
    # Everything in effect by the day `on` is one sum.
    day = Case(When(effective_on__lte=on, then=on), default=F("effective_on"), output_field=DateField())
    rows: QuerySet[LedgerEntry, dict[str, Any]] = entries.order_by().values("kind", "contribution", *path, day=day)
    return rows.annotate(sum=total())


def split_at(
    on: datetime.date, rows: Iterable[dict[str, Any]], *path: str
) -> tuple[dict[tuple[Any, ...], Decimal], dict[tuple[Any, ...], list[FigureChange]]]:
    """Split rows by day into the figures on a day, and their later changes."""
    keys = ("kind", "contribution", *path)
    now: dict[tuple[Any, ...], Decimal] = {}
    steps: dict[tuple[Any, ...], list[FigureChange]] = {}
    for row in sorted(rows, key=lambda row: row["day"]):
        key = tuple(row[one] for one in keys)
        if row["day"] <= on:
            now[key] = row["sum"]
        else:
            before = steps[key][-1].amount if key in steps else now.get(key, ZERO)
            steps.setdefault(key, []).append(FigureChange(before + row["sum"], row["day"]))
    return now, steps


def later_steps(
    entries: LedgerEntryQuerySet, *path: str, on: datetime.date | None = None
) -> dict[tuple[Any, ...], list[FigureChange]]:
    """Return the later changes of figures, by kind, contribution and the columns in `path`."""
    return now_and_later(entries, *path, on=on)[1]


def said(steps: Sequence[FigureChange]) -> str:
    """Return changes in words: “€130,000 from 1 July 2027”."""
    told = [_("%(amount)s from %(day)s") % {"amount": euros(one.amount), "day": date_format(one.day)} for one in steps]
    return get_text_list(told, _("and"))


def highest(now: Decimal, steps: Sequence[FigureChange]) -> Decimal:
    """Return the highest amount of a figure, now or on any later day: a target must cover it."""
    return max([now, *(step.amount for step in steps)])
