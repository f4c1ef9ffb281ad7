"""On which other days the suite runs in `make audit`."""

from datetime import UTC, datetime

from torture.other_days import DAYS, moments_after


def test_each_day_is_the_next_of_its_kind_and_they_come_in_order():
    now = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
    found = moments_after(now)
    assert found == sorted(found) and found[0] > now and len(found) == len(DAYS) + 1
    assert found[0] == datetime(2027, 1, 1, 9, 0, tzinfo=UTC)
    assert found[-1] == datetime(2028, 2, 29, 21, 30, tzinfo=UTC)
    assert moments_after(datetime(2096, 3, 1, tzinfo=UTC))[-1] == datetime(2104, 2, 29, 21, 30, tzinfo=UTC)
