"""The keys of other public records, such as people and institutions, in order; and counts by record.

Cached with the directory until one of the tables that they come from is written.
"""

from array import array
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet

from chairs.cards.directory import Directory
from chairs.cards.numbers import Number
from chairs.models import Appointment
from clusters.models import Institution
from core.tables_read import tables_of


def keys_in_order(directory: Directory, records: Callable[[], QuerySet[Any]]) -> array:
    """Return the keys of the function's queryset, in its order."""
    return directory.keep(
        _tables(records), records.__name__, lambda: array("I", records().values_list("pk", flat=True))
    )


def chairs_of_institutions(directory: Directory) -> dict[int, int]:
    """Return, by institution, the number of published chairs with a named person whom it employs."""
    return directory.keep(_tables(_chair_counts), "chairs of institutions", lambda: dict(_chair_counts()))


def kinds_of_institutions(directory: Directory) -> set[str]:
    """Return the kinds that at least one institution has."""
    return directory.keep(_tables(_kinds), "kinds of institutions", lambda: set(_kinds()))


def _kinds() -> QuerySet[Any]:
    return Institution.objects.order_by().values_list("kind", flat=True).distinct()


def _chair_counts() -> QuerySet[Any]:
    posts = Appointment.objects.public().order_by()
    return posts.values_list("affiliation").annotate(Count("chair", distinct=True))


@cache
def _tables(records: Callable[[], QuerySet[Any]]) -> frozenset[str]:
    return frozenset(tables_of(records()))


def chairs_of_cluster(directory: Directory, cluster: int) -> Number:
    """Return the number of a cluster's published chairs."""
    return Number.of(directory, directory.any_of([f"cluster={cluster}"]))


class Keyed(Sequence):
    """A sequence of records for Django's paginator: it knows all keys, and fetches the records of one page."""

    def __init__(self, keys: Sequence[int], fetch: Callable[[Sequence[int]], dict[int, Any]]):
        self.keys, self.fetch = keys, fetch

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, part: slice) -> list[Any]:
        keys = self.keys[part]
        found = self.fetch(keys) if keys else {}
        return [found[key] for key in keys if key in found]
