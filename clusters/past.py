"""What a cluster was on a past day, as far as sources give dates. See docs/as-of.md.

A source often gives only a year or a month: it counts from the last day of that period, when it is certain.
"""

import datetime
from collections.abc import Iterable

from clusters.models import Cluster, Director, Figure
from core.dates import last_day_of


def was_selected(cluster: Cluster, day: datetime.date) -> bool:
    return cluster.selected_on is None or cluster.selected_on <= day


def stated_by(figures: Iterable[Figure], day: datetime.date) -> list[Figure]:
    """Return the figures that a source states as of the day or earlier. Figures without a date are left out."""
    return [one for one in figures if (said := last_day_of(one.as_of)) is not None and said <= day]


def heads_by(directors: Iterable[Director], day: datetime.date) -> list[Director]:
    """Return the directors whom a source names since the day or earlier, or as of it.

    `is_current` is cleared: sources seldom give an end, so the list may include people who had left.
    """
    heads = [one for one in directors if (came := last_day_of(one.since or one.as_of)) is not None and came <= day]
    for head in heads:
        head.is_current = None
    return heads
