"""An index of the chairs and activities that can be supported, kept in each process: sets of keys by theme, region and dates.

Whether an activity still needs money is not in it: that is slow to compute, and is queried only for the few candidates
to show. Before each use the index is updated with what changed (`core.data_version`), so that it matches what is
committed. Inside a transaction it is not kept, because what is read there may be rolled back.
"""

import datetime
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress
from typing import Any

from pyroaring import BitMap

from chairs.models import Activity, Chair, CompositionRule
from clusters.models import Cluster, Theme
from core.data_version import changes_since, current, is_settled
from core.primary_keys import any_of
from core.replica.reading import Newest
from core.tokenizer import terms, written_words
from sponsorships.matching.criteria import ANY_SUBJECT, theme_key

NOBODY = BitMap()
# Tables whose changes concern single chairs, and those whose changes concern all.
OF_CHAIRS = {Chair._meta.db_table, Chair.themes.through._meta.db_table, Activity._meta.db_table}
OF_ALL = {model._meta.db_table for model in (CompositionRule, Cluster, Theme)}
# With more changed chairs than this, reading all again is faster.
MAX_CHANGED = 200
CHUNK_SIZE = 5_000
# If the set has fewer than a 20th as many chairs as there are activities, look up each chair; else scan all activities.
FEW = 20

# A property of chairs: (“theme”, “here/health”; “here/” is any subject of the cluster), (“region”, “Occitanie”),
# (“start”, day) or (“end”, day).
Property = tuple[str, Any]


@dataclass(frozen=True)
class Posted:
    """The activities that are not closed, as parallel arrays: key, chair, and target in cents; and their keys by regime."""

    pks: array
    chairs: array
    targets: array
    regimes: dict[str, BitMap]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, str]]) -> "Posted":
        posted = cls(array("I"), array("I"), array("q"), {})
        for pk, chair, target, regime in rows:
            posted.pks.append(pk)
            posted.chairs.append(chair)
            posted.targets.append(target)
            posted.regimes.setdefault(regime, BitMap()).add(pk)
        return posted

    def rows(self) -> Iterator[tuple[int, int, int, str]]:
        regime_of = {pk: regime for regime, pks in self.regimes.items() for pk in pks}
        for pk, chair, target in zip(self.pks, self.chairs, self.targets, strict=True):
            yield pk, chair, target, regime_of[pk]

    @cached_property
    def holders(self) -> BitMap:
        """The chairs with such an activity."""
        return BitMap(self.chairs)

    def in_chairs(self, chairs: BitMap) -> BitMap:
        if len(chairs) > len(self.pks) // FEW:
            return BitMap(compress(self.pks, map(chairs.__contains__, self.chairs)))
        ordered, pks = self._by_chair
        found = BitMap()
        for chair in chairs:
            found.update(pks[bisect_left(ordered, chair) : bisect_right(ordered, chair)])
        return found

    def of_at_least(self, target: int) -> BitMap:
        return BitMap(compress(self.pks, map(target.__le__, self.targets)))

    @cached_property
    def _by_chair(self) -> tuple[array, array]:
        pairs = sorted(zip(self.chairs, self.pks, strict=True))
        return array("I", (chair for chair, _pk in pairs)), array("I", (pk for _chair, pk in pairs))


@dataclass(frozen=True)
class Candidates:
    """The index: fundable chairs (on any day) and their posted activities. Immutable, but for the cache `kept`."""

    number: int
    chairs: BitMap
    having: dict[Property, BitMap]
    posted: Posted
    # The posted activities with a term in their title, in either language.
    titled: dict[str, BitMap]
    # What pages derive from the index, by name.
    kept: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Candidates":
        number = current() if is_settled() else 0
        chairs, having = _read_chairs(None)
        return cls(number, chairs, having, Posted.of(_read_posted(None)), _read_titles(None))

    def changed(self, number: int, pks: set[int]) -> "Candidates":
        """Return a new index in which these chairs are read again."""
        before, (chairs, properties) = BitMap(pks), _read_chairs(pks)
        having = {key: found - before for key, found in self.having.items()}
        for key, found in properties.items():
            having[key] = having.get(key, NOBODY) | found
        gone = self.posted.in_chairs(before)
        titled = {term: found - gone for term, found in self.titled.items()}
        for term, found in _read_titles(pks).items():
            titled[term] = titled.get(term, NOBODY) | found
        left = [row for row in self.posted.rows() if row[1] not in before]
        posted = Posted.of(sorted([*left, *_read_posted(pks)]))
        return Candidates(number, self.chairs - before | chairs, having, posted, titled)

    def not_over(self, day: datetime.date) -> BitMap:
        """Return the chairs that have not ended before a day."""
        return self.chairs - self.ended_before(day)

    def ended_before(self, day: datetime.date) -> BitMap:
        return self._any(key for key in self.having if key[0] == "end" and key[1] < day)

    def begun_by(self, day: datetime.date) -> BitMap:
        return self._any(key for key in self.having if key[0] == "start" and key[1] <= day)

    def begin_after(self, day: datetime.date) -> BitMap:
        return self._any(key for key in self.having if key[0] == "start" and key[1] > day)

    def in_regions(self, regions: Iterable[str]) -> BitMap:
        return self._any(("region", region) for region in regions)

    def on_theme(self, key: str) -> BitMap:
        return self.having.get(("theme", key), NOBODY)

    def only_on(self, keys: Collection[str]) -> BitMap:
        """Return the chairs with at least one of these themes and no other."""
        others = (key for key in self.having if key[0] == "theme" and key[1] not in keys and not key[1].endswith("/"))
        return BitMap.union(NOBODY, *map(self.on_theme, keys)) - self._any(others)

    def named(self, groups: Iterable[Iterable[str]]) -> BitMap:
        """Return the posted activities whose title has at least one term of every group."""
        found = [BitMap.union(NOBODY, *(self.titled.get(term, NOBODY) for term in group)) for group in groups]
        return BitMap.intersection(*found) if found else NOBODY

    def _any(self, keys: Iterable[Property]) -> BitMap:
        return BitMap.union(NOBODY, *(self.having.get(key, NOBODY) for key in keys))


def _read_chairs(pks: set[int] | None) -> tuple[BitMap, dict[Property, BitMap]]:
    records = Chair.objects.fundable().filter(non_conforming_since=None)
    themes = Chair.themes.through.objects.filter(chair__in=records)
    if pks is not None:
        records, themes = records.filter(pk__in=any_of(pks)), themes.filter(chair__in=any_of(pks))
    found: defaultdict[Property, array] = defaultdict(lambda: array("I"))
    cluster_of = {}
    clusters, slugs = (dict(model.objects.order_by().values_list("pk", "slug")) for model in (Cluster, Theme))
    columns = records.order_by().values_list("pk", "cluster", "starts_on", "ends_on")
    regions = dict(Cluster.objects.values_list("pk", "region"))
    for pk, cluster, first, last in columns.iterator(chunk_size=CHUNK_SIZE):
        cluster_of[pk] = cluster
        whole = theme_key(clusters[cluster], ANY_SUBJECT)
        for name, value in (("theme", whole), ("region", regions[cluster]), ("start", first), ("end", last)):
            if value is not None:
                found[name, value].append(pk)
    for chair, theme in themes.order_by().values_list("chair_id", "theme_id").iterator(chunk_size=CHUNK_SIZE):
        if chair in cluster_of:
            found["theme", theme_key(clusters[cluster_of[chair]], slugs[theme])].append(chair)
    chairs = BitMap(cluster_of)
    return chairs, {key: BitMap(pks) for key, pks in found.items()}


def _read_titles(pks: set[int] | None) -> dict[str, BitMap]:
    records = Activity.objects.filter(closed_at=None, chair__in=Chair.objects.fundable())
    if pks is not None:
        records = records.filter(chair__in=any_of(pks))
    found: defaultdict[str, array] = defaultdict(lambda: array("I"))
    for pk, english, french in records.order_by("pk").values_list("pk", "title_en", "title_fr").iterator(CHUNK_SIZE):
        for term in terms(written_words(f"{english or ''} {french or ''}")):
            found[term].append(pk)
    return {term: BitMap(pks) for term, pks in found.items()}


def _read_posted(pks: set[int] | None) -> Iterator[tuple[int, int, int, str]]:
    records = Activity.objects.filter(closed_at=None, chair__in=Chair.objects.fundable())
    if pks is not None:
        records = records.filter(chair__in=any_of(pks))
    columns = records.order_by("pk").values_list("pk", "chair_id", "target", "regime")
    for pk, chair, target, regime in columns.iterator(chunk_size=CHUNK_SIZE):
        yield pk, chair, int(target * 100), regime


def candidates() -> Candidates:
    """Return the current index of what can be supported: as committed, or as seen inside the current transaction."""
    if not is_settled():
        return Candidates.read()
    with _latest.lock:
        _latest.value = known = _up_to_date(_latest.value)
        return known


_latest: Newest[Candidates] = Newest()


def _up_to_date(known: Candidates | None) -> Candidates:
    if known is None:
        return Candidates.read()
    number = current()
    if number == known.number:
        return known
    changes = changes_since(known.number)
    if changes is None or changes.tables & OF_ALL:
        return Candidates.read()
    changed = [changes.records.get(table, set()) for table in changes.tables & OF_CHAIRS]
    if not changed:
        return replace(known, number=number)
    pks = set().union(*changed)
    return known.changed(number, pks) if all(changed) and len(pks) <= MAX_CHANGED else Candidates.read()
