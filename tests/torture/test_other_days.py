"""On which other days the suite runs in `make audit`."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from torture.other_days import DAYS, moments_after

PARIS = ZoneInfo("Europe/Paris")


def test_each_day_is_the_next_of_its_kind_and_they_come_in_order():
    now = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
    found = moments_after(now)
    assert found == sorted(found) and len(found) == len(DAYS)
    assert found[0] == datetime(2027, 1, 1, 9, 0, tzinfo=UTC)
    assert found[-1] == datetime(2028, 2, 29, 21, 30, tzinfo=UTC)
    assert moments_after(datetime(2096, 3, 1, tzinfo=UTC))[-1] == datetime(2104, 2, 29, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2031])
def test_on_two_of_them_the_hour_of_paris_has_changed_since_yesterday(year):
    found = [moment.astimezone(PARIS) for moment in moments_after(datetime(year, 11, 29, tzinfo=UTC))]
    day = timedelta(days=1)
    assert sum(one.utcoffset() != (one.astimezone(UTC) - day).astimezone(PARIS).utcoffset() for one in found) == 2
