"""An amount cut into equal parts, one a quarter."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsorships.accounting.schedule import MAX_PARTS, propose, quarter_from


def test_the_cents_left_over_go_to_the_first_parts():
    planned = propose(Decimal("100.00"), 3, datetime.date(2026, 2, 1))
    assert [(one.amount, one.due_on) for one in planned] == [
        (Decimal("33.34"), datetime.date(2026, 4, 1)),
        (Decimal("33.33"), datetime.date(2026, 7, 1)),
        (Decimal("33.33"), datetime.date(2026, 10, 1)),
    ]


@given(
    cents=st.integers(1, 10**9), parts=st.integers(1, MAX_PARTS), first=st.dates(max_value=datetime.date(2900, 1, 1))
)
def test_the_parts_are_equal_to_a_cent_and_are_the_amount(cents, parts, first):
    amount = Decimal(cents) / 100
    if cents < parts:
        with pytest.raises(ValueError, match="at least one cent a part"):
            propose(amount, parts, first)
        return
    planned = propose(amount, parts, first)
    amounts = [one.amount for one in planned]
    assert len(planned) == parts and sum(amounts) == amount
    assert amounts == sorted(amounts, reverse=True) and amounts[0] - amounts[-1] <= Decimal("0.01")
    days = [one.due_on for one in planned]
    assert (
        first <= days[0]
        and days == sorted(set(days))
        and {(day.month, day.day) for day in days} <= {(1, 1), (4, 1), (7, 1), (10, 1)}
    )


@pytest.mark.parametrize("parts", [0, MAX_PARTS + 1])
def test_too_few_or_too_many_parts_are_refused(parts):
    with pytest.raises(ValueError, match="in 1 to 120 parts"):
        propose(Decimal("50000"), parts, datetime.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2026-01-01", "2026-01-01"),
        ("2026-01-02", "2026-04-01"),
        ("2026-03-01", "2026-04-01"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_a_quarter_begins_on_the_day_itself_or_after_it(day, quarter):
    assert quarter_from(datetime.date.fromisoformat(day)) == datetime.date.fromisoformat(quarter)
