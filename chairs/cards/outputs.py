"""The public outputs, cached in each process: those with each filter value, the latest first."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice

from pyroaring import BitMap

from chairs.cards.directory import TABLE as CARDS
from chairs.cards.directory import Directory
from chairs.models import Output
from core.sets import Sets

TABLE = Output._meta.db_table


@dataclass(frozen=True)
class Outputs(Sets):
    """Confirmed outputs of published chairs. `pks` has the latest year first, each year in order of title."""

    pks: array
    # Each output's `search_key`, in the order of `pks`: searching here takes a sixth of the database's time.
    keys: list[str]

    def with_all(self, beginnings: list[str]) -> BitMap:
        """Return the outputs whose search key contains all of these texts."""
        keys = self.keys
        places: Iterable[int] = range(len(keys))
        for beginning in beginnings:
            places = [place for place in places if beginning in keys[place]]
        return BitMap([self.pks[place] for place in places])

    def page(self, outputs: BitMap, start: int, stop: int) -> list[int]:
        """Return these outputs from `start` to `stop`."""
        return list(islice(filter(outputs.__contains__, self.pks), start, stop))


def outputs(directory: Directory) -> Outputs:
    """Return the public outputs, at the directory's version of the data."""
    return directory.keep([TABLE, CARDS], "outputs", partial(_read, directory))


def _read(directory: Directory) -> Outputs:
    rows = Output.objects.confirmed().order_by().values_list("year", "search_key", "pk", "kind", "chair")
    public = [row for row in rows.iterator(chunk_size=5_000) if row[-1] in directory.everything]
    # Sorted in Python, so that both databases give the same order.
    public.sort(key=lambda row: (-(row[0] or 0), row[1], row[2]))
    having: defaultdict[str, BitMap] = defaultdict(BitMap)
    of_chair: defaultdict[int, BitMap] = defaultdict(BitMap)
    for year, _key, pk, kind, chair in public:
        having[f"kind={kind}"].add(pk)
        having[f"year={year}"].add(pk)
        of_chair[chair].add(pk)
    having |= {f"chair={chair}": found for chair, found in of_chair.items()}
    chairs = BitMap(of_chair)
    for name, found in directory.having.items():
        if name.startswith("cluster="):
            having[name] = BitMap.union(BitMap(), *(of_chair[chair] for chair in found & chairs))
    pks = array("I", (row[2] for row in public))
    return Outputs(BitMap(pks), dict(having), pks, [row[1] for row in public])
