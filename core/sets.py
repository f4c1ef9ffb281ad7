"""The sets of records that have each value of a filter."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyroaring import BitMap

NOBODY = BitMap()


@dataclass(frozen=True)
class Sets:
    """The primary keys of all records of a list, and of those with each value of a filter, named like “cluster=3”."""

    everything: BitMap
    having: dict[str, BitMap]

    def any_of(self, keys: Iterable[str]) -> BitMap:
        """Return the records that have at least one of these values."""
        return BitMap.union(NOBODY, *(self.having.get(key, NOBODY) for key in keys))

    def counts(self, keys: Iterable[str], among: BitMap) -> list[int]:
        """Return, for each value, how many of the records in `among` have it."""
        sets = (self.having.get(key, NOBODY) for key in keys)
        if len(among) == len(self.everything):
            return list(map(len, sets))
        return list(map(among.intersection_cardinality, sets))
