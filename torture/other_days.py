"""The suite on other days, so that it is green in a year too: `python -m torture.other_days [YYYY-MM-DDTHH:MM …]`.

Runs the quick tests on SQLite with the clock put to each moment (of UTC), and ends with the number of days on which they passed.
It asks for a compiler of C. The processes that tests start are put there too; the dates of files are not.
"""

import argparse
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from torture.site import Clock

BASE_DIR = Path(__file__).resolve().parent.parent
# Of the year that comes. The hours are those at which another day begins in Paris, or has begun there alone.
DAYS = (
    (1, 1, 9, 0),  # a year and a quarter in which nothing happened yet
    (2, 22, 12, 0),  # yearly reports are due, and the leap day is a week away
    (3, 28, 22, 30),  # the day on which summer time begins
    (4, 2, 10, 0),
    (7, 31, 21, 57),  # midnight comes while it runs
    (10, 31, 22, 30),  # so many times 24 hours ago were another hour
)
LEAP_DAY = (2, 29, 21, 30)
TESTS = ["--database", "sqlite", "--everything", "-m", "not browser and not audit and not exhaustive"]
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
    """Return the next of each of these days, and the next leap day, in order."""
    found = [next(moment for moment in _each(now, day) if moment > now) for day in (*DAYS, LEAP_DAY)]
    return sorted(found)


def _each(now: datetime, day: tuple[int, int, int, int]):
    month, date, hour, minute = day
    for year in range(now.year, now.year + 9):  # two leap years may be eight years apart
        try:
            yield datetime(year, month, date, hour, minute, tzinfo=UTC)
        except ValueError:
            continue


def passes(clock: Clock, moment: datetime) -> bool:
    clock.put(round((moment - datetime.now(UTC)).total_seconds()))
    print(f"== The suite on {moment:%Y-%m-%d %H:%M}", flush=True)
    command = [sys.executable, "-m", "pytest", *TESTS, *LEFT_OUT, "-p", "no:cacheprovider", "--numprocesses", "logical"]
    environment = os.environ | clock.environment
    return not subprocess.run([*command, "--dist", "worksteal"], cwd=BASE_DIR, env=environment, check=False).returncode


if __name__ == "__main__":
    main()
