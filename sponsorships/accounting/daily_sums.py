"""The kept sums by days, added up anew for a check of the whole ledger, in few steps an entry.

What a chair without shares counts is the same for the nation as for its cluster, and its quarters and its whole are sums of
its days: it is added once by day and once by day and status, and handed out when all is read.
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

# Of a cluster: by day, and by day and status.
Days = tuple[dict[str, Numbers], dict[tuple[str, str], Numbers]]


class DailySums:
    """What facts come to by days, as `counted_facts.add_up` says it."""

    def __init__(self) -> None:
        self.sums: dict[Key, Numbers] = defaultdict(nothing)
        # By cluster, the day from which it is public, and whether it is made up.
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
        """Return all of it, by the keys of the kept sums. Nothing can be added any more."""
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
        # One list may stand under several keys: whoever takes something off makes another.
        self.sums[key] = list(map(add, known, numbers)) if known else numbers


def _add(rows: Iterable, sums: dict) -> None:
    for key, amounts in rows:
        kept = sums.get(key)
        if kept is None:
            kept = sums[key] = nothing()
        for place, number in amounts:
            kept[place] += number
