"""The activities that partners can fund today, by deadline, with the filters of their chairs."""

from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from itertools import compress, islice

from django.utils import timezone
from pyroaring import BitMap

from chairs.cards.directory import TABLE as CARDS
from chairs.cards.directory import Directory
from chairs.cards.numbers import MADE_UP
from chairs.models import Activity
from core.sets import Sets
from core.tables_read import tables_of

# The chairs' filters that the list of activities also has, and the mark of made-up chairs.
FILTERS = ("cluster=", "theme=", MADE_UP)


@dataclass(frozen=True)
class Opportunities(Sets):
    """The open activities of a day, the nearest deadline first; `chairs` has each activity's chair in the same order."""

    pks: array
    chairs: array

    def of_chairs(self, chairs: BitMap) -> BitMap:
        """Return the activities of these chairs."""
        return BitMap(compress(self.pks, map(chairs.__contains__, self.chairs)))

    def page(self, activities: BitMap, start: int, stop: int) -> list[int]:
        """Return these activities from `start` to `stop`, the nearest deadline first."""
        return list(islice(filter(activities.__contains__, self.pks), start, stop))


def opportunities(directory: Directory) -> Opportunities:
    """Return the activities that are open today, at the directory's version of the data."""
    return directory.keep(read_for_opportunities(), "opportunities", partial(_read, directory), at=timezone.localdate())


@cache
def read_for_opportunities() -> frozenset[str]:
    """Return the tables that the open activities are computed from."""
    return frozenset(tables_of(Activity.objects.open()) | {CARDS})


def _read(directory: Directory) -> Opportunities:
    pks, chairs = array("I"), array("I")
    of_chair: defaultdict[int, list[int]] = defaultdict(list)
    for pk, chair in Activity.objects.open().nearest_deadline_first().values_list("pk", "chair_id"):
        pks.append(pk)
        chairs.append(chair)
        of_chair[chair].append(pk)
    having = {key: _all_of(of_chair, found) for key, found in directory.having.items() if key.startswith(FILTERS)}
    return Opportunities(BitMap(pks), having, pks, chairs)


def _all_of(of_chair: dict[int, list[int]], chairs: BitMap) -> BitMap:
    return BitMap(pk for chair in chairs & BitMap(of_chair) for pk in of_chair[chair])
