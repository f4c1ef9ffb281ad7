"""The invented texts, read from `data/`, and dates relative to the day of loading."""

import datetime
import random
import tomllib
from pathlib import Path

from django.utils import timezone

DATA = Path(__file__).parent / "data"
MONTHS_A_YEAR = 12
OFFICE_HOURS = (9, 17)


def read(name: str) -> dict:
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def today() -> datetime.date:
    return timezone.localdate()


def days_ago(number: int) -> datetime.date:
    return today() - datetime.timedelta(days=number)


def first_of_month(months: int) -> datetime.date:
    """Return the first day of the month this many months from now."""
    index = today().year * MONTHS_A_YEAR + today().month - 1 + months
    return datetime.date(index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1, 1)


def last_before(months: int) -> datetime.date:
    """Return the last day before the month this many months from now."""
    return first_of_month(months) - datetime.timedelta(days=1)


def moment(day: datetime.date, seed: str) -> datetime.datetime:
    """Return a moment in office hours on a day, the same for the same seed, and never in the future."""
    chance = random.Random(seed)
    time = datetime.time(chance.randrange(*OFFICE_HOURS), chance.randrange(60))
    return min(timezone.make_aware(datetime.datetime.combine(day, time)), timezone.now())
