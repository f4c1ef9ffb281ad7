"""The whole directory in a few numbers, kept in each process: which chairs have each value of a filter, in which orders.

Before each answer it is brought up to date by the cards that have changed since (`core.data_version`), once those are
written that a change has made old (`chairs.search.freshness`): it is never behind what is committed. Inside a transaction nothing is kept, and it is read anew: what is seen there may be undone.
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
# More cards than this are not looked at one by one: reading all is quicker.
MAX_CHANGED = 200
# An order is gone through to find the chairs of a page; so few are sorted by the database.
MAX_SORTED = 100
# Somebody writes all the time: then the answer is that of a moment ago, and the next looks again.
MAX_TRIES = 3
CHUNK_SIZE = 5_000


@dataclass(frozen=True)
class Kept:
    """Something made of certain tables, for a day or whatever else it depends on."""

    tables: frozenset[str]
    at: object
    value: Any


@dataclass(frozen=True)
class Directory(Sets):
    """The published chairs as they stood at one version of the data. It is never changed: a newer one is made of it."""

    number: int
    # Read when first asked for.
    orders: dict[Sort, Order] = field(default_factory=dict)
    # What else pages keep for as long as certain tables stay as they are.
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
        """Return what `make` returned under this name, until one of the tables is written or `at` is another day; or make it."""
        kept = self.kept.get(name)
        if kept is None or kept.at != at:
            kept = self.kept[name] = Kept(frozenset(tables), at, make())
        return kept.value

    def page(self, groups: Iterable[BitMap], sort: Sort, start: int, stop: int) -> list[int]:
        """Return the chairs from one place to another, of groups that follow each other, each of them in this order."""
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
        """Let the database sort a few chairs; return the place of each. One that is gone meanwhile comes last."""
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
    """Return the query for a few cards in this order, built once."""
    return Prepared(lambda: sort.sorted(ChairCard.objects.filter(pk__in=any_given("pks"))))


def directory() -> Directory:
    """Return the directory as it is committed now; inside a transaction, as it stands there."""
    made_of(TABLE, MARKS)
    if not is_settled():
        return Directory.read()
    with _latest.lock:
        _latest.value = known = _up_to_date(_latest.value, brought_up_to_date())
        return known


_latest: Newest[Directory] = Newest()


def _up_to_date(known: Directory | None, number: int) -> Directory:
    """Return the directory at this version of the data, or a later one."""
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
    # Somebody wrote each time while chairs were put in their places: between which others, is not certain.
    return replace(newer, orders={})


def _changed(known: Directory, number: int) -> Directory:
    """Return the directory at a later version, which was read before anything else is."""
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
