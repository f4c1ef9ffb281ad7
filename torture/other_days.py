"""The suite on other days, so that it is green in a year too: `python -m torture.other_days [YYYY-MM-DDTHH:MM …]`.

Runs all but the exhaustive, the browser's and the audit's tests on SQLite, with the clock put to each moment (of UTC), and ends with the number of days on which they passed.
It asks for a compiler of C. The processes that tests start are put there too; the dates of files are not.
"""

import argparse
import calendar
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from torture.site import Clock

BASE_DIR = Path(__file__).resolve().parent.parent
# Month, day, hour and minute of UTC. LAST_SUNDAY stands for that day of the month.
LAST_SUNDAY = 0
DAYS = (
    (1, 1, 9, 0),  # a year and a quarter in which nothing has happened yet
    (2, 22, 12, 0),  # yearly reports are due soon
    (2, 29, 21, 30),
    (3, LAST_SUNDAY, 21, 30),  # summer time has begun: 24 hours ago is an hour earlier of yesterday
    (7, 31, 21, 57),  # midnight comes to Paris while it runs
    (10, LAST_SUNDAY, 22, 30),  # summer time has ended: 24 hours ago is a later hour of yesterday
)
OPTIONS = "--database sqlite --everything --hypothesis-profile=quick --numprocesses logical --dist worksteal -p no:cacheprovider"
CHOSEN = ["-m", "not browser and not audit and not exhaustive"]
# It makes such a clock itself, and one alone works.
LEFT_OUT = ["--deselect", "tests/torture/test_book.py::test_only_the_time_of_day_jumps"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m torture.other_days", description=__doc__)
    parser.add_argument("moments", nargs="*", type=datetime.fromisoformat, help="default: days on which much changes")
    moments = parser.parse_args().moments or moments_after(datetime.now(UTC))
    clock = Clock()
    if not clock.can_jump:
        sys.exit("A clock of its own asks for a compiler of C (Debian: `apt install gcc`).")
    try:
        failed = [moment for moment in moments if not passes(clock, moment.replace(tzinfo=UTC))]
    finally:
        clock.remove()
    for moment in failed:
        print(f"It failed on {moment:%Y-%m-%d %H:%M}.")
    print(f"the suite passed on {len(moments) - len(failed)} of {len(moments)} other days")
    sys.exit(bool(failed))


def moments_after(now: datetime) -> list[datetime]:
    """Return the next of each of these days, in order."""
    return sorted(next(moment for moment in _each(now.year, *day) if moment > now) for day in DAYS)


def _each(year: int, month: int, day: int, hour: int, minute: int) -> Iterator[datetime]:
    """Yield the moment in each year in which it is. Two leap years may be eight years apart."""
    for one in range(year, year + 10):
        try:
            yield datetime(one, month, day or _last_sunday(one, month), hour, minute, tzinfo=UTC)
        except ValueError:
            continue


def _last_sunday(year: int, month: int) -> int:
    return max(week[calendar.SUNDAY] for week in calendar.monthcalendar(year, month))


def passes(clock: Clock, moment: datetime) -> bool:
    clock.put(round((moment - datetime.now(UTC)).total_seconds()))
    print(f"== The suite on {moment:%Y-%m-%d %H:%M}", flush=True)
    command = [sys.executable, "-m", "pytest", *OPTIONS.split(), *CHOSEN, *LEFT_OUT]
    return not subprocess.run(command, cwd=BASE_DIR, env=os.environ | clock.environment, check=False).returncode


if __name__ == "__main__":
    main()
