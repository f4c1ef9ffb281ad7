"""The long lists below figures, in order of name, by page or whole: their records, and the sums of each."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils import timezone

from chairs.known_shares import known_shares
from chairs.models import Activity, ClusterShare
from chairs.models.share import Shares, in_force
from chairs.shares import divide
from clusters.enums import Origin
from core.known import say_as_known
from core.prepared import Argument, Prepared
from core.primary_keys import as_one
from figures.dated import Dates
from figures.enums import Grouping, Measure
from figures.list_queries import Of, Whose, prepared
from figures.scopes import Scope
from figures.sums import Figures
from sponsorships.accounting.figures import FigureChange, split_at

_shares_with = Prepared(
    lambda: ClusterShare.objects.filter(
        chair__in=ClusterShare.objects.filter(cluster=Argument("cluster")).values("chair")
    ).order_by("chair", "pk")
)
ROWS_A_PAGE = 25
# Page numbers with more digits do not exist.
MAX_PAGE_DIGITS = 6


@dataclass
class Pager:
    """The present page of a list, its query parameter, and whether there is a next page."""

    name: str
    number: int
    has_next: bool

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.number > 1


@dataclass
class Pages:
    """The pages of the lists that a query string names. Without a query string, the lists are whole."""

    asked: Any = None
    pagers: dict[str, Pager] = field(default_factory=dict)

    def of(self, code: str, read: Callable[[int, int | None], list[Any]]) -> list[Any]:
        """Return the rows of the list's page; `read` takes the first row and the last row plus one."""
        if self.asked is None:
            return read(0, None)
        name = f"{code}_page"
        text = self.asked.get(name, "")
        number = max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else 1
        start = (number - 1) * ROWS_A_PAGE
        rows = read(start, start + ROWS_A_PAGE + 1)
        self.pagers[code] = Pager(name, number, len(rows) > ROWS_A_PAGE)
        return rows[:ROWS_A_PAGE]


@dataclass
class Listed:
    """The records listed below the figures of a scope, on a day."""

    scope: Scope
    dates: Dates
    pages: Pages

    @cached_property
    def shares(self) -> dict[int, Shares]:
        """The shares of the chairs of which the cluster has a share; empty for other scopes."""
        if self.scope.cluster is None:
            return {}
        if self._known is not None:
            return in_force(known_shares(self._known, self.scope.cluster.pk), self.dates.on)
        return in_force(_shares_with(cluster=self.scope.cluster.pk), self.dates.on)

    @property
    def _known(self) -> datetime.datetime | None:
        """The moment before which an entry must be recorded; None if all are known."""
        return self.dates.known_before if self.dates.is_past else None

    @cached_property
    def _values(self) -> dict[str, Any]:
        whose = self.scope.cluster or self.scope.partner
        values = {"day": self.dates.on, "whose": whose and whose.pk, "shared": as_one(self.shares)}
        return values if self._known is None else {**values, "known": self._known}

    def _ask(self, *query: Any, **values: Any) -> list[Any]:
        scope = self.scope
        whose = Whose.CLUSTER if scope.cluster else Whose.PARTNER if scope.partner else Whose.NATION
        return prepared(Of(whose, self._known is not None), *query)(**self._values, **values)

    def records(self, code: str) -> list[Any]:
        """Return the page's records of a list, chairs or partners."""
        found = self.pages.of(code, lambda start, stop: self._ask(code, start, stop))
        return self._as_known(found, "public_grant") if code == "chairs" else found

    def _as_known(self, records: list[Any], field: str) -> list[Any]:
        if self._known is not None:
            say_as_known(records, self._known, field)
        return records

    def activities(self) -> list[Activity]:
        """Return the activities with entries, for a page of chairs."""
        chairs = self.pages.of("activities", lambda start, stop: self._ask("chairs_with_activities", start, stop))
        return self._as_known(self._ask("activities", keys=as_one(chairs)), "target")

    def overdue(self) -> list[Any]:
        is_past = self.dates.on < timezone.localdate()
        return self.pages.of("overdue", lambda start, stop: self._ask("overdue", start, stop, is_past))

    def sums(self, grouping: Grouping, records: Iterable[Model], *, is_divided: bool = True) -> dict[int, Figures]:
        """Return the sums of each of these records: the cluster's part, or the whole with `is_divided` false."""
        found: dict[int, Figures] = defaultdict(Figures)
        keys = as_one(record.pk for record in records)
        for key, kind, contribution, origin, chair, lead, _entry, amount, number in self._ask(
            "sums", grouping, keys=keys
        ):
            figures = found[key]
            if measure := Measure.of(kind, contribution):
                shares = self.shares.get(chair) if is_divided else None
                figures.amounts[measure] += divide(amount, shares, lead)[self.scope.cluster.pk] if shares else amount
            figures.entries += number
            figures.made_up += number * (origin == Origin.DEMONSTRATION)
        return found

    def later(self, activities: Iterable[Activity]) -> dict[int, list[FigureChange]]:
        """Return the agreed cash of each activity on later days."""
        rows = self._ask("later", keys=as_one(one.pk for one in activities))
        steps = split_at(self.dates.on, rows, "activity")[1]
        return {key: steps[kind, contribution, key] for kind, contribution, key in steps}
