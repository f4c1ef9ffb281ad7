"""The whole directory as sets of keys, cached in each process: the chairs with each filter value, and their orders.

Every read first rewrites stale cards (`chairs.search.freshness`), then applies the changes committed since the last
read (`core.data_version`), so the directory always matches the committed data. Inside a transaction it is read anew and
not cached, since the transaction may roll back.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import Any

from pyroaring import BitMap

from chairs.cards.orders import Order, Row
from chairs.cards.sorting import Sort
from chairs.models import ChairCard, StaleMark
from chairs.search.freshness import brought_up_to_date
from core.data_version import changes_since, current, is_settled
from core.prepared import Prepared
from core.primary_keys import any_given, any_of, as_one
from core.replica.reading import Newest
from core.sets import NOBODY, Sets
from core.tables_read import made_of

TABLE, MARKS = ChairCard._meta.db_table, StaleMark._meta.db_table
# With more changed cards than this, it is faster to read all of them.
MAX_CHANGED = 200
# Larger groups are filtered out of the whole order; groups up to this size are sorted by the database.
MAX_SORTED = 100
# Under constant writes, give up after this many tries: this read may be a moment old, the next one tries again.
MAX_TRIES = 3
CHUNK_SIZE = 5_000


@dataclass(frozen=True)
class Kept:
    """A cached value, the tables that it was computed from, and what else it depends on, such as the day."""

    tables: frozenset[str]
    at: object
    value: Any


@dataclass(frozen=True)
class Directory(Sets):
    """The published chairs at one version of the data. It is immutable: a newer version is a new object."""

    number: int
    # Each order is read when first used.
    orders: dict[Sort, Order] = field(default_factory=dict)
    # Values that pages cache until certain tables change.
    kept: dict[str, Kept] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Directory":
        number = current() if is_settled() else 0
        found: defaultdict[str, array] = defaultdict(lambda: array("I"))
        chairs = array("I")
        for pk, keys in ChairCard.objects.values_list("pk", "facet_keys").iterator(chunk_size=CHUNK_SIZE):
            chairs.append(pk)
            for key in keys.split():
                found[key].append(pk)
        return cls(BitMap(chairs), {key: BitMap(pks) for key, pks in found.items()}, number)

    def keep(self, tables: Iterable[str], name: str, make: Callable[[], Any], at: object = None) -> Any:
        """Return the value cached under this name, or cache `make()`.

        The value is dropped when one of the tables is written, or when `at` differs (another day).
        """
        kept = self.kept.get(name)
        if kept is None or kept.at != at:
            kept = self.kept[name] = Kept(frozenset(tables), at, make())
        return kept.value

    def page(self, groups: Iterable[BitMap], sort: Sort, start: int, stop: int) -> list[int]:
        """Return the keys from `start` to `stop` of the groups one after the other, each group in this order."""
        on_page: list[tuple[BitMap, slice]] = []
        for group in groups:
            if stop <= 0:
                break
            if start < len(group):
                on_page.append((group, slice(max(start, 0), stop)))
            start, stop = start - len(group), stop - len(group)
        small = BitMap.union(NOBODY, *(group for group, _part in on_page if len(group) <= MAX_SORTED))
        places = self._places(small, sort)
        found: list[int] = []
        for group, part in on_page:
            is_small = len(group) <= MAX_SORTED
            found += sorted(group, key=places.__getitem__)[part] if is_small else self._part(group, sort, part)
        return found

    def _places(self, chairs: BitMap, sort: Sort) -> dict[int, int]:
        """Return each chair's place among a few, sorted by the database. A chair deleted meanwhile comes last."""
        rows = _few_sorted(sort)(pks=as_one(chairs)) if chairs else []
        places = dict.fromkeys(chairs, len(chairs))
        return places | {pk: place for place, pk in enumerate(sort.running_first(Order.of(rows)))}

    def _part(self, chairs: BitMap, sort: Sort, part: slice) -> list[int]:
        pks = sort.running_first(self._order(sort))
        if len(chairs) == len(pks):
            return list(pks[part])
        return list(islice(filter(chairs.__contains__, pks), part.start, part.stop))

    def _order(self, sort: Sort) -> Order:
        if sort not in self.orders:
            self.orders[sort] = Order.of(sort.sorted(ChairCard.objects.all()).iterator(chunk_size=CHUNK_SIZE))
        return self.orders[sort]


@cache
def _few_sorted(sort: Sort) -> Prepared:
    """Return the query for a few cards in this order; it is compiled once."""
    return Prepared(lambda: sort.sorted(ChairCard.objects.filter(pk__in=any_given("pks"))))


def directory() -> Directory:
    """Return the directory as committed now; inside a transaction, as the transaction sees it."""
    made_of(TABLE, MARKS)
    if not is_settled():
        return Directory.read()
    with _latest.lock:
        _latest.value = known = _up_to_date(_latest.value, brought_up_to_date())
        return known


_latest: Newest[Directory] = Newest()


def _up_to_date(known: Directory | None, number: int) -> Directory:
    """Return the directory at this version of the data, or at a later one."""
    if known is None:
        return Directory.read()
    newer = known
    for _time in range(MAX_TRIES):
        if number == newer.number:
            return newer
        newer = _changed(known, number)
        if newer.orders is known.orders:
            return newer
        number = current()
    # The data changed each time while changed chairs were placed in the orders: their places are not certain.
    return replace(newer, orders={})


def _changed(known: Directory, number: int) -> Directory:
    """Return the directory at a later version; `number` was read before the changes were."""
    changes = changes_since(known.number)
    if changes is None:
        return Directory.read()
    kept = {name: kept for name, kept in known.kept.items() if not kept.tables & changes.tables}
    if TABLE not in changes.tables:
        return replace(known, number=number, kept=kept)
    changed = BitMap(changes.records.get(TABLE, ()))
    if not 0 < len(changed) <= MAX_CHANGED:
        return replace(Directory.read(), kept=kept)
    cards = ChairCard.objects.filter(pk__in=any_of(changed))
    having = {key: pks - changed for key, pks in known.having.items()}
    chairs = known.everything - changed
    for pk, keys in cards.values_list("pk", "facet_keys"):
        chairs.add(pk)
        for key in keys.split():
            having.setdefault(key, BitMap()).add(pk)
    orders = {sort: _moved(order, sort, changed) for sort, order in known.orders.items()}
    return Directory(chairs, having, number, orders, kept)


def _moved(order: Order, sort: Sort, changed: BitMap) -> Order:
    def read(pks: Iterable[int]) -> list[Row]:
        return list(sort.sorted(ChairCard.objects.filter(pk__in=any_of(pks))))

    return order.moved(changed, read(changed), read)
