"""The kept sums by day, computed anew to check the whole ledger, with little work per entry.

For a chair without shares, the nation and its cluster have the same sums. They are therefore added up once by day, and
once by day and status, and copied to all groupings at the end.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import add

from sponsorships.accounting.counted_facts import (
    Facts,
    Key,
    Numbers,
    add_money,
    add_sponsors,
    nothing,
    quarter_of,
    steps_of,
    with_status,
)
from sponsorships.models.kept_sum import BY_QUARTER, BY_STATUS, NATION, WHOLE

# A cluster's sums by day, and by day and status.
Days = tuple[dict[str, Numbers], dict[tuple[str, str], Numbers]]


class DailySums:
    """Sums of facts by day, equal to those of `counted_facts.add_up`."""

    def __init__(self) -> None:
        self.sums: dict[Key, Numbers] = defaultdict(nothing)
        # By cluster, first public day, and whether it is demonstration data.
        self.undivided: dict[tuple[int, str, bool], Days] = {}

    def add(self, facts: Facts) -> None:
        add_sponsors(facts, self.sums)
        if facts["since"]:
            add_money(facts, self.sums, spans="d")
            return
        steps = steps_of(facts).get(NATION, [])
        key = facts["lead"], facts["public_from"], facts["is_made_up"]
        days, by_status = self.undivided.setdefault(key, ({}, {}))
        _add(((day, amounts) for day, _quarter, amounts in steps), days)
        _add((((day, status), amounts) for day, status, amounts in with_status(steps, facts["statuses"])), by_status)

    def whole(self) -> dict[Key, Numbers]:
        """Return all sums by the keys of KeptSum. Nothing can be added after this call."""
        for (lead, public_from, is_made_up), (days, by_status) in self.undivided.items():
            for day, numbers in days.items():
                span, quarter = "d" + day, quarter_of(day)
                self._sum((NATION, BY_QUARTER, span, quarter, public_from, is_made_up), numbers)
                self._sum((lead, BY_QUARTER, span, quarter, public_from, is_made_up), numbers)
                self._sum((lead, WHOLE, span, "", public_from, is_made_up), numbers)
            for (day, status), numbers in by_status.items():
                span = "d" + day
                self._sum((NATION, BY_STATUS, span, status, public_from, is_made_up), numbers)
                self._sum((lead, BY_STATUS, span, status, public_from, is_made_up), numbers)
        self.undivided.clear()
        return self.sums

    def _sum(self, key: Key, numbers: Numbers) -> None:
        known = self.sums.get(key)
        # A list may be shared by several keys: make a new one instead of changing it.
        self.sums[key] = list(map(add, known, numbers)) if known else numbers


def _add(rows: Iterable, sums: dict) -> None:
    for key, amounts in rows:
        kept = sums.get(key)
        if kept is None:
            kept = sums[key] = nothing()
        for place, number in amounts:
            kept[place] += number
