"""The public programmes, cached in each process: the filter values, the words and the order of each.

The cache is for one version of the public data (core/data_version.py), and updated with the programmes written since.
Words are searched here, cut and stemmed like those of chairs, so that both databases find the same. The names of
clusters, themes and institutions are kept apart from the programmes: a changed name does not read the programmes again.
Inside a transaction nothing is cached.
"""

import datetime
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from pyroaring import BitMap

from clusters.enums import Audience, TeachingLanguage, TrainingLevel
from clusters.models import Cluster, Institution, Theme, TrainingProgramme
from core.data_version import Changes, changes_since, current, is_settled
from core.facets import YES
from core.languages import CONTENT_LANGUAGES, columns_of
from core.primary_keys import any_of
from core.replica.reading import Newest
from core.sets import NOBODY, Sets
from core.tables_read import made_of
from core.text import name_key
from core.tokenizer import cut, finders, has_stems, query_words, stems, terms, unstemmed

PARTS = {"cluster": "shared_with", "theme": "themes", "institution": "institutions"}
# Tables of programmes and their relations, and tables with the names by which programmes are found.
OWN = frozenset(
    {TrainingProgramme._meta.db_table}
    | {getattr(TrainingProgramme, name).through._meta.db_table for name in PARTS.values()}
)
NAMES = frozenset(model._meta.db_table for model in (Cluster, Theme, Institution))
# With more changed programmes, it is faster to read all of them.
MAX_CHANGED = 200
# A value that counts under both others.
AUDIENCES = {Audience.BOTH: (Audience.AI_EXPERTS, Audience.OTHER_DISCIPLINES)}
TEACHING_LANGUAGES = {TeachingLanguage.BOTH: (TeachingLanguage.FRENCH, TeachingLanguage.ENGLISH)}
# Words that people type for a level or a language, in both languages: few programmes write them themselves.
KNOWN_AS = {
    TrainingLevel.BACHELOR: "bachelor undergraduate licence",
    TrainingLevel.MASTER: "master masters MSc mastère M1 M2",
    TrainingLevel.DOCTORAL: "doctoral doctorate doctorat doctorant doctorante PhD thesis thèse",
    TrainingLevel.EXECUTIVE: "executive continuing professional education formation continue professionnelle",
    TrainingLevel.ONLINE: "online MOOC ligne distance",
    TeachingLanguage.FRENCH: "French français",
    TeachingLanguage.ENGLISH: "English anglais",
}
# The columns that the list needs, read as plain values: there may be thousands of programmes.
READ = (
    *("pk", "cluster", "place", "level", "audience", "teaching_language", "built_with_industry", "apply_by"),
    *columns_of("name", "summary"),
)
BY_NAME, BY_DEADLINE = "name", "deadline"


@dataclass(frozen=True)
class Found:
    """The programmes that match a query; `named` has, by word, those with the word in their names."""

    hits: BitMap
    named: list[BitMap]

    def buckets(self, within: BitMap) -> list[BitMap]:
        """Return the matching programmes in groups: with all words in the name, then with some, then with none."""
        every = reduce(and_, self.named) & within
        some = reduce(or_, self.named) & within - every
        return [every, some, within - every - some]


@dataclass(frozen=True)
class Programme:
    """A programme as the list needs it: filter values, words of its name and of its texts, sort keys."""

    pk: int
    keys: set[str]
    named: set[str]
    said: set[str]
    name_keys: dict[str, str]
    apply_by: datetime.date | None


@dataclass(frozen=True)
class Names:
    """The names of clusters, themes and institutions, by which their programmes are found."""

    # By term: the values with the term in their names, as “theme=5”.
    found_by: dict[str, list[str]]
    # The clusters' names, and the themes' names by language, in the order in which they are listed.
    clusters: dict[int, str]
    themes: dict[int, dict[str, str]]

    @classmethod
    def read(cls) -> "Names":
        clusters = list(Cluster.objects.order_by("name").values_list("pk", "name", "acronym"))
        themes = list(Theme.objects.order_by("name_key").values_list("pk", *columns_of("name")))
        institutions = Institution.objects.order_by().values_list("pk", "name", "acronym")
        found_by: defaultdict[str, list[str]] = defaultdict(list)
        for kind, rows in (("cluster", clusters), ("theme", themes), ("institution", institutions)):
            for pk, *texts in rows:
                for term in terms(word for text in texts if text for word in cut(text)):
                    found_by[term].append(f"{kind}={pk}")
        return cls(
            dict(found_by),
            {pk: acronym or name for pk, name, acronym in clusters},
            {pk: dict(zip(CONTENT_LANGUAGES, names, strict=True)) for pk, *names in themes},
        )


@dataclass(frozen=True)
class Catalogue(Sets):
    """The public programmes at one version of the data. It is immutable: a newer version is a new object."""

    number: int
    # By folded word: the programmes with the word in their names, and in their other texts.
    named: dict[str, BitMap]
    said: dict[str, BitMap]
    # The sort keys: the name's key by language, and the last day to apply.
    sorted_by: dict[int, tuple[dict[str, str], datetime.date | None]]
    names: Names
    # Values that are made when first used.
    kept: dict[object, Any] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Catalogue":
        number = current() if is_settled() else 0
        return cls(BitMap(), {}, number, {}, {}, {}, Names.read()).changed(BitMap(), number, _programmes())

    def changed(self, gone: BitMap, number: int, programmes: Iterable[Programme]) -> "Catalogue":
        """Return the catalogue of a later version, in which these programmes replace the `gone` ones."""
        having, named, said = (_Changing(known, gone) for known in (self.having, self.named, self.said))
        sorted_by = {pk: by for pk, by in self.sorted_by.items() if pk not in gone}
        for programme in programmes:
            having.add(programme.pk, programme.keys)
            named.add(programme.pk, programme.named)
            said.add(programme.pk, programme.said)
            sorted_by[programme.pk] = programme.name_keys, programme.apply_by
        every = BitMap(sorted_by)
        return Catalogue(every, having.done(), number, named.done(), said.done(), sorted_by, self.names)

    def keep(self, name: object, make: Callable[[], Any]) -> Any:
        """Return the value cached under this name, or cache `make()`, until a programme or one of its names changes."""
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]

    def find(self, query: str) -> Found | None:
        """Return the matches of a query; None if it has no word, and so matches everything."""
        groups = finders(query_words(query))
        if not groups:
            return None
        named = [BitMap.union(NOBODY, *self._with_words(self.named, group)) for group in groups]
        others = [self._elsewhere(group) for group in groups]
        return Found(reduce(and_, map(or_, named, others)), named)

    def _elsewhere(self, group: Iterable[str]) -> BitMap:
        """Return the programmes with one of these terms in a text, or in a related name."""
        said = self._with_words(self.said, group)
        values = [self.having.get(key, NOBODY) for term in group for key in self.names.found_by.get(term, ())]
        return BitMap.union(NOBODY, *said, *values)

    def _with_words(self, sets: dict[str, BitMap], group: Iterable[str]) -> list[BitMap]:
        """Return the sets of the words that are one of these terms, or have one as a stem."""
        words = {word for term in group for word in (term, *self._words_of(term[:1]).get(term, ()))}
        return [sets[word] for word in words if word in sets]

    def _words_of(self, letter: str) -> dict[str, list[str]]:
        """Return the words with this first letter, by their stems, which have the same first letter.

        Stemming is the slowest part: only the words that may match are stemmed, when first needed.
        """
        return self.keep(("words", letter), lambda: self._stemmed(letter))

    def _stemmed(self, letter: str) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.named.keys() | self.said.keys():
            if word.startswith(letter) and has_stems(word):
                for stem in stems(word):
                    found[stem].append(word)
        return dict(found)

    def page(self, groups: Iterable[BitMap], sort: str, language: str, start: int, stop: int) -> list[int]:
        """Return the programmes from `start` to `stop` of the groups one after the other, each group in this order."""
        order = self._order(sort, language, timezone.localdate() if sort == BY_DEADLINE else None)
        in_order = (pk for group in groups for pk in order if pk in group)
        return list(islice(in_order, start, stop))

    def _order(self, sort: str, language: str, today: datetime.date | None) -> array:
        def key(pk: int) -> tuple[Any, ...]:
            names, last = self.sorted_by[pk]
            if today is None:
                return names[language], pk
            # The nearest last day first; then programmes without one; then closed ones.
            return last is not None and last < today, last is None, last or today, names[language], pk

        # The order of a past day is replaced by today's.
        day, order = self.kept.get((sort, language), (None, None))
        if order is None or day != today:
            order = array("I", sorted(self.sorted_by, key=key))
            self.kept[(sort, language)] = today, order
        return order


class _Changing:
    """Builds the sets of a newer catalogue; sets that do not change are shared with the older one."""

    def __init__(self, known: dict[str, BitMap], gone: BitMap):
        left = {name: pks - gone if pks.intersect(gone) else pks for name, pks in known.items()}
        self.known = {name: pks for name, pks in left.items() if pks}
        self.added: defaultdict[str, array] = defaultdict(lambda: array("I"))

    def add(self, pk: int, names: Iterable[str]) -> None:
        for name in names:
            self.added[name].append(pk)

    def done(self) -> dict[str, BitMap]:
        added = {name: self.known.get(name, NOBODY) | BitMap(pks) for name, pks in self.added.items()}
        return self.known | added


def catalogue() -> Catalogue:
    """Return the catalogue as committed now; inside a transaction, as the transaction sees it."""
    made_of(*OWN, *NAMES)
    if not is_settled():
        return Catalogue.read()
    with _latest.lock:
        number, known = current(), _latest.value
        if known is None or known.number != number:
            _latest.value = known = _at(number, known)
        return known


_latest: Newest[Catalogue] = Newest()


def _at(number: int, known: Catalogue | None) -> Catalogue:
    """Return the catalogue at a version; `number` was read before the changes were."""
    changes = changes_since(known.number) if known else None
    if known is None or changes is None:
        return Catalogue.read()
    if changes.tables & NAMES:
        known = replace(known, names=Names.read(), kept={})
    if not changes.tables & OWN:
        return replace(known, number=number)
    changed = _changed(changes)
    return known.changed(changed, number, _programmes(changed)) if changed else Catalogue.read()


def _changed(changes: Changes) -> BitMap:
    """Return the programmes that were written; an empty set if they are unknown or too many."""
    written = changes.tables & OWN
    if not all(changes.records.get(table) for table in written):
        return BitMap()
    changed = BitMap(pk for table in written for pk in changes.records[table])
    return changed if len(changed) <= MAX_CHANGED else BitMap()


def _programmes(pks: BitMap | None = None) -> Iterator[Programme]:
    """Yield the public programmes, or those with these keys."""
    records = TrainingProgramme.objects.published().order_by()
    if pks is not None:
        records = records.filter(pk__in=any_of(pks))
    values_of = _values(pks)
    for row in records.values_list(*READ).iterator(chunk_size=2_000):
        pk, cluster, place, level, audience, language, with_industry, apply_by, *texts = row
        names, summaries = texts[: len(CONTENT_LANGUAGES)], texts[len(CONTENT_LANGUAGES) :]
        keys = {f"cluster={cluster}", *values_of[pk]}
        keys |= {f"level={level}"} if level else set()
        keys |= {f"audience={value}" for value in AUDIENCES.get(audience, [audience]) if value}
        taught_in = TEACHING_LANGUAGES.get(language, [language])
        keys |= {f"language={value}" for value in taught_in if value}
        keys |= {f"industry={YES}"} if with_industry else set()
        any_name = next(filter(None, names), "")
        name_keys = {code: name_key(name or any_name) for code, name in zip(CONTENT_LANGUAGES, names, strict=True)}
        known_as = [KNOWN_AS.get(value) for value in (level, *taught_in)]
        yield Programme(pk, keys, _words(names), _words([place, *summaries, *known_as]), name_keys, apply_by)


def _words(texts: Iterable[str | None]) -> set[str]:
    return {word for text in texts if text for written in cut(text) for word in unstemmed(written)}


def _values(pks: BitMap | None) -> defaultdict[int, list[str]]:
    """Return, by programme, the values of its shared clusters, themes and institutions, as “theme=5”."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for kind, name in PARTS.items():
        rows: QuerySet[Any] = getattr(TrainingProgramme, name).through.objects.order_by()
        if pks is not None:
            rows = rows.filter(trainingprogramme__in=any_of(pks))
        for programme, value in rows.values_list("trainingprogramme_id", f"{kind}_id"):
            found[programme].append(f"{kind}={value}")
    return found
