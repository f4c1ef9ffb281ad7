"""What a cluster was on a day that is over, as far as sources date what they say. docs/as-of.md.

A source often gives a year or a month: that counts from its last day, when it is certain.
"""

import datetime
from collections.abc import Iterable

from clusters.models import Cluster, Director, Figure
from core.dates import last_day_of


def was_selected(cluster: Cluster, day: datetime.date) -> bool:
    return cluster.selected_on is None or cluster.selected_on <= day


def stated_by(figures: Iterable[Figure], day: datetime.date) -> list[Figure]:
    """Return the figures that a source states as of the day or one before it. One without a date is of no day."""
    return [one for one in figures if (said := last_day_of(one.as_of)) is not None and said <= day]


def heads_by(directors: Iterable[Director], day: datetime.date) -> list[Director]:
    """Return whom a source names at the head since the day, or as of it, or earlier.

    Sources seldom say until when: that somebody left since is not said of the day.
    """
    heads = [one for one in directors if (came := last_day_of(one.since or one.as_of)) is not None and came <= day]
    for head in heads:
        head.is_current = None
    return heads
