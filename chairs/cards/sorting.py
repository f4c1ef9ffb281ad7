"""The sort orders of chairs, the same on both databases."""

import datetime
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Length
from django.utils import timezone

from chairs.cards.orders import Order
from chairs.models import Chair, ChairCard

# The days of a year count 1 to 366. A start of which only the year is known counts 0, an end 999.
DAYS_OF_A_YEAR = 1000
YEAR_ALONE_AT_THE_END = 999
# Later than every year that can be entered.
NOT_STATED = 99_999 * DAYS_OF_A_YEAR


def start_order(chair: Chair) -> int:
    """Return a number that sorts the latest start first, and a chair without a stated start last."""
    if chair.first_year is None:
        return NOT_STATED
    return -_number(chair.starts_on) if chair.starts_on else -chair.first_year * DAYS_OF_A_YEAR


def end_order(chair: Chair) -> int:
    """Return a number that sorts the earliest end first, and a chair without a stated end last."""
    if chair.last_year is None:
        return NOT_STATED
    if chair.ends_on:
        return _number(chair.ends_on)
    return chair.last_year * DAYS_OF_A_YEAR + YEAR_ALONE_AT_THE_END


@dataclass(frozen=True)
class Sort:
    """An order of the list: by a number on the card, if any, then by the title in a language."""

    number: str
    language: str

    def sorted(self, cards: "QuerySet[ChairCard, Any]") -> "QuerySet[ChairCard, tuple[int, int, str]]":
        """Return the cards in this order, as tuples of the chair's key, the number and the title's key."""
        title = F(f"title_key_{self.language}")
        numbers = {"": Value(0), "title_length": Length(title)}
        number = numbers.get(self.number) or F(self.number)
        first = ["sort_number"] if self.number else []
        rows = cards.annotate(sort_number=number, sort_title=title).order_by(*first, "sort_title", "pk")
        return rows.values_list("pk", "sort_number", "sort_title")

    def running_first(self, order: Order) -> array:
        """Return the chairs in this order; in the order of ends, those that have ended come last."""
        if self.number != "end_order":
            return order.pks
        over = bisect_left(order.numbers, _number(timezone.localdate()))
        return order.pks[over:] + order.pks[:over]


def _number(day: datetime.date) -> int:
    return day.year * DAYS_OF_A_YEAR + day.timetuple().tm_yday
