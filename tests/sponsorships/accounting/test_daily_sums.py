"""A check of the whole ledger adds up by days in fewer steps than what counts a sponsorship, and comes to the same."""

import random
from collections import defaultdict

import pytest

from sponsorships.accounting.counted_facts import BEGINNING, add_up, nothing
from sponsorships.accounting.daily_sums import DailySums
from sponsorships.models.kept_sum import ALWAYS, NEVER

DAYS = ["2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01", "2026-11-05"]
STATUSES = [
    [[BEGINNING, "active"]],
    [[BEGINNING, "submitted"], ["2026-01-01", "active"], ["2026-04-01", "terminated"]],
    [[BEGINNING, "submitted"], ["2025-12-01", "active"], ["2026-03-31", "submitted"], ["2026-10-01", "active"]],
]


def facts(rng: random.Random, *, is_shared: bool) -> dict:
    kinds = [("agreed", "cash"), ("received", "cash"), ("received", "skills"), ("invoiced", "in_kind")]
    entries = [[rng.choice(DAYS), *rng.choice(kinds), rng.choice([-12_345, 1, 99, 100_000])] for _entry in range(6)]
    return {
        "entries": sorted(entries, key=lambda entry: entry[0]),
        "statuses": rng.choice(STATUSES),
        "named_from": rng.choice([ALWAYS, NEVER]).isoformat(),
        "public_from": rng.choice([ALWAYS, NEVER]).isoformat(),
        "is_made_up": rng.random() < 0.2,
        "lead": rng.choice([1, 2]),
        "shares": {"1": 6_667, "2": 2_333, "3": 1_000} if is_shared else {},
        "since": "2026-01-01" if is_shared else "",
    }


def said(sums: dict) -> dict:
    return {key: numbers for key, numbers in sums.items() if any(numbers)}


@pytest.mark.parametrize("shared", [0, 0.5, 1], ids=["none is shared", "some are shared", "all are shared"])
def test_days_come_to_the_same_as_when_each_sponsorship_is_counted(shared):
    rng, quick, one_by_one = random.Random(12), DailySums(), defaultdict(nothing)
    for _sponsorship in range(60):
        one = facts(rng, is_shared=rng.random() < shared)
        quick.add(one)
        add_up(one, one_by_one, spans="d")
    assert len(said(one_by_one)) > 40
    assert said(quick.whole()) == said(one_by_one)


def test_an_account_without_entries_only_names_its_partner():
    one, quick, one_by_one = facts(random.Random(1), is_shared=False), DailySums(), defaultdict(nothing)
    one |= {"entries": [], "named_from": ALWAYS.isoformat()}
    quick.add(one)
    add_up(one, one_by_one, spans="d")
    assert said(quick.whole()) == said(one_by_one) != {}
