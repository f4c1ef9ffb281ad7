"""The start-ups that the public sees, kept in each process: which of them have each value of a filter, in their orders."""

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
# How a filter calls what nobody says.
UNKNOWN = "unknown"
READ = ("pk", "name_key", "search_key", "cluster", "tie", "stage", "incubator", "founded_year", "is_alive")


@dataclass(frozen=True)
class StartUps(Sets):
    """Published start-ups, in each order in which a list may have them."""

    orders: dict[str, array]
    # What each is found by (`StartUp.search_key`), in the order of the names.
    keys: list[str]

    def with_beginning(self, beginning: str) -> BitMap:
        """Return the start-ups whose key has this in it."""
        by_name = self.orders["name"]
        return BitMap([by_name[place] for place, key in enumerate(self.keys) if beginning in key])

    def page(self, start_ups: BitMap, order: str, start: int, stop: int) -> list[int]:
        """Return these start-ups from one place to another of an order."""
        return list(islice(filter(start_ups.__contains__, self.orders[order]), start, stop))


def start_ups(directory: Directory) -> StartUps:
    """Return the public start-ups, as the directory's version of the data has them."""
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
    # In Python, so that both databases have one order.
    rows.sort()
    by_name = array("I", (row[1] for row in rows))
    newest = array("I", (row[1] for row in sorted(rows, key=lambda row: -row[2])))
    return StartUps(BitMap(by_name), dict(having), {"name": by_name, "newest": newest}, [row[3] for row in rows])


def alive_key(is_alive: bool | None) -> str:
    return UNKNOWN if is_alive is None else "yes" if is_alive else "no"
