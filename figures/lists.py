"""The long lists below staff's figures, in the order of names, a page at a time or whole.

Each walks along an index, and asks of one record after the other whether something of it is counted: a page of the list
costs the same however long the list is.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from chairs.models import Activity, Chair
from core.primary_keys import any_of
from partners.models import Partner

ROWS_A_PAGE = 25
# Higher numbers are nobody's page.
MAX_PAGE_DIGITS = 6


@dataclass
class Pager:
    """Which page of a list is read, under which name the address says so, and whether another follows."""

    name: str
    number: int
    has_next: bool

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.number > 1


@dataclass
class Pages:
    """The pages of the lists that an address asks for. Without an address, the lists are whole."""

    asked: Any = None
    pagers: dict[str, Pager] = field(default_factory=dict)

    def of(self, code: str, query: QuerySet) -> list:
        """Return the rows of a query that the page of the list has."""
        if self.asked is None:
            return list(query)
        name = f"{code}_page"
        text = self.asked.get(name, "")
        number = max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else 1
        start = (number - 1) * ROWS_A_PAGE
        rows = list(query[start : start + ROWS_A_PAGE + 1])
        self.pagers[code] = Pager(name, number, len(rows) > ROWS_A_PAGE)
        return rows[:ROWS_A_PAGE]


def chairs_in_order(entries: QuerySet, pages: Pages) -> list[Chair]:
    counted = Exists(entries.filter(sponsorship__chair=OuterRef("pk")))
    keys = pages.of("chairs", _by_title(counted))
    return list(Chair.objects.select_related("cluster").filter(pk__in=any_of(keys)))


def partners_in_order(entries: QuerySet, pages: Pages) -> list[Partner]:
    counted = Exists(entries.filter(sponsorship__partner=OuterRef("pk")))
    return pages.of("partners", Partner.objects.filter(counted).order_by("name_key", "pk"))


def activities_in_order(entries: QuerySet, pages: Pages) -> list[Activity]:
    """Return the activities with entries, of as many chairs as the page has."""
    keys = pages.of("activities", _by_title(Exists(entries.filter(activity__chair=OuterRef("pk")))))
    counted = Exists(entries.filter(activity=OuterRef("pk")))
    return list(Activity.objects.filter(counted, chair__in=any_of(keys)).select_related("chair__cluster"))


def _by_title(counted: Exists) -> QuerySet:
    """Return the keys of the chairs of which something is counted, in the order that the index has."""
    return Chair.objects.filter(counted).order_by("title", "pk").values_list("pk", flat=True)
