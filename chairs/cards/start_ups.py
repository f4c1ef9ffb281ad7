"""The public start-ups, cached in each process: those with each filter value, in each order."""

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from pyroaring import BitMap

from chairs.cards.directory import Directory
from chairs.models import StartUp
from core.sets import Sets

TABLE = StartUp._meta.db_table
CHUNK_SIZE = 5_000
# The filter value for start-ups where it is not stated.
UNKNOWN = "unknown"
READ = ("pk", "name_key", "search_key", "cluster", "tie", "stage", "incubator", "founded_year", "is_alive")


@dataclass(frozen=True)
class StartUps(Sets):
    """Published start-ups, in each order that a list offers."""

    orders: dict[str, array]
    # Each start-up's `search_key`, in order of name.
    keys: list[str]

    def with_beginning(self, beginning: str) -> BitMap:
        """Return the start-ups whose search key contains this text."""
        by_name = self.orders["name"]
        return BitMap([by_name[place] for place, key in enumerate(self.keys) if beginning in key])

    def page(self, start_ups: BitMap, order: str, start: int, stop: int) -> list[int]:
        """Return these start-ups from `start` to `stop`, in an order."""
        return list(islice(filter(start_ups.__contains__, self.orders[order]), start, stop))


def start_ups(directory: Directory) -> StartUps:
    """Return the public start-ups, at the directory's version of the data."""
    return directory.keep([TABLE], "start-ups", _read)


def _read() -> StartUps:
    having: defaultdict[str, BitMap] = defaultdict(BitMap)
    rows = []
    for pk, name, key, cluster, tie, stage, incubator, year, is_alive in (
        StartUp.objects.published().order_by().values_list(*READ).iterator(chunk_size=CHUNK_SIZE)
    ):
        rows.append((name, pk, year or 0, key))
        values = {"cluster": cluster, "tie": tie, "incubator": incubator}
        values |= {"stage": stage or UNKNOWN, "founded": year or UNKNOWN, "alive": alive_key(is_alive)}
        for facet, value in values.items():
            having[f"{facet}={value}"].add(pk)
    # Sorted in Python, so that both databases give the same order.
    rows.sort()
    by_name = array("I", (row[1] for row in rows))
    newest = array("I", (row[1] for row in sorted(rows, key=lambda row: -row[2])))
    return StartUps(BitMap(by_name), dict(having), {"name": by_name, "newest": newest}, [row[3] for row in rows])


def alive_key(is_alive: bool | None) -> str:
    return UNKNOWN if is_alive is None else "yes" if is_alive else "no"
