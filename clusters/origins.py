"""Which invented records leave the site: those of a demonstration on a demonstration site only.

The API, linked data, citations, feeds, calendars and the sitemap ask here. Pages show every public record, and mark
invented ones.
"""

from typing import Any, TypeVar

from django.conf import settings
from django.db.models import QuerySet

from clusters.enums import Origin

Records = TypeVar("Records", bound=QuerySet[Any])


def tells_made_up() -> bool:
    """Return whether what leaves the site tells of invented records: whether the whole site is a demonstration."""
    return bool(settings.DEMONSTRATION)


def is_made_up(record: Any) -> bool:
    return bool(getattr(record, "origin", "") == Origin.DEMONSTRATION)


def is_told(*records: Any) -> bool:
    """Return whether something made of these records may leave the site."""
    return tells_made_up() or not any(map(is_made_up, records))


def told(records: Records, *origins: str) -> Records:
    """Return the records that may leave the site. `origins` are the fields that say whether one is invented."""
    for origin in () if tells_made_up() else origins:
        records = records.exclude(**{origin: Origin.DEMONSTRATION})
    return records
