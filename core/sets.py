"""Which records of a list have which value of a filter."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyroaring import BitMap

NOBODY = BitMap()


@dataclass(frozen=True)
class Sets:
    """The primary keys of a list's records, all of them and those with a value of a filter, as “cluster=3” says it."""

    everything: BitMap
    having: dict[str, BitMap]

    def any_of(self, keys: Iterable[str]) -> BitMap:
        """Return the records that have one of these values."""
        return BitMap.union(NOBODY, *(self.having.get(key, NOBODY) for key in keys))

    def counts(self, keys: Iterable[str], among: BitMap) -> list[int]:
        """Return how many of these records have each of the values."""
        sets = (self.having.get(key, NOBODY) for key in keys)
        if len(among) == len(self.everything):
            return list(map(len, sets))
        return list(map(among.intersection_cardinality, sets))
