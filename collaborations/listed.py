"""The public collaborations as sets of keys: by filter value, by order and by word.

Cached in each process with the directory (`chairs.cards.directory`). Once one of their tables changes, they are read
anew in three queries: ten thousand take half a second, for the first reader.
"""

import datetime
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice

from django.db.models.functions import Left
from django.utils import timezone
from pyroaring import BitMap

from chairs.cards.directory import Directory
from clusters.models import Cluster, Institution
from collaborations.countries import name_in
from collaborations.models import Collaboration, Participant
from collaborations.periods import years_of
from core.languages import CONTENT_LANGUAGES, columns_of, site_languages
from core.sets import Sets
from core.text import fold, name_key

ClusterPart = Collaboration.clusters.through
TABLES = [model._meta.db_table for model in (Collaboration, ClusterPart, Participant, Cluster, Institution)]
# Only the start of a summary is searched: it says what the collaboration is about, and the whole would fill every
# process's memory.
SEARCHED_LENGTH = 300
# More than all names of countries, clusters and institutions, each of which occurs in many collaborations.
MOST_NAMES = 5_000
# The filter value for collaborations without a stated country.
NOWHERE = "none"
TITLES = columns_of("title")


@dataclass(frozen=True)
class Collaborations(Sets):
    """The public collaborations on a day. `orders` has the keys in each order; `texts` the folded words, each after a space."""

    orders: dict[str, array]
    texts: dict[int, str]

    def with_words(self, query: str) -> BitMap:
        """Return the collaborations with a word that starts with each query word."""
        words = [f" {word}" for word in fold(query).split()]
        if not words:
            return self.everything
        return BitMap(pk for pk, text in self.texts.items() if all(word in text for word in words))

    def page(self, found: BitMap, order: str, start: int, stop: int) -> list[int]:
        """Return the keys from `start` to `stop` of those found, in an order."""
        return list(islice(filter(found.__contains__, self.orders[order]), start, stop))


def collaborations(directory: Directory) -> Collaborations:
    """Return the collaborations at the directory's version of the data, as of today."""
    today = timezone.localdate()
    return directory.keep(TABLES, "collaborations", partial(_read, today), at=today)


def _read(today: datetime.date) -> Collaborations:
    shown = Collaboration.objects.published().order_by()
    found: defaultdict[str, array] = defaultdict(lambda: array("I"))
    names = _names(shown, found)
    texts: dict[int, str] = {}
    starts: list[tuple[str, int]] = []
    titles: dict[str, list[tuple[str, int]]] = {language: [] for language in CONTENT_LANGUAGES}
    for row in _rows(shown):
        for key in _keys_of(row, today):
            found[key].append(row["pk"])
        texts[row["pk"]] = _text_of(row, names[row["pk"]])
        starts.append((row["starts"], row["pk"]))
        any_title = next(filter(None, map(row.get, TITLES)), "")
        for language, column in zip(CONTENT_LANGUAGES, TITLES, strict=True):
            titles[language].append((name_key(row[column] or any_title), row["pk"]))
    # The latest first, without a start last; and by title in each language.
    orders = {"newest": sorted(starts, reverse=True)} | {f"title {code}": sorted(titles[code]) for code in titles}
    return Collaborations(
        BitMap(texts),
        {key: BitMap(pks) for key, pks in found.items()},
        {name: array("I", (pk for _key, pk in order)) for name, order in orders.items()},
        texts,
    )


def _rows(shown) -> Iterator[dict]:
    """Yield what is read of each, some at a time: what is read at once stays a part of the process's memory."""
    begun = {f"begun_{column}": Left(column, SEARCHED_LENGTH) for column in columns_of("summary")}
    columns = ("pk", "kind", "starts", "ends", "is_intended", "countries", *TITLES, *begun)
    return shown.annotate(**begun).values(*columns).iterator(chunk_size=1_000)


def _keys_of(row: dict, today: datetime.date) -> Iterator[str]:
    yield f"kind={row['kind']}"
    for country in row["countries"] or [NOWHERE]:
        yield f"country={country}"
    if not row["is_intended"]:
        for year in years_of(row["starts"], row["ends"], today):
            yield f"year={year}"


def _names(shown, found: dict[str, array]) -> dict[int, list[str]]:
    """Return the names of each collaboration's clusters and participants; add the clusters to `found`."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    parts = ClusterPart.objects.filter(collaboration__in=shown.values("pk"))
    for pk, cluster, *called in parts.values_list("collaboration", "cluster", "cluster__name", "cluster__acronym"):
        found[f"cluster={cluster}"].append(pk)
        names[pk] += called
    others = Participant.objects.filter(collaboration__in=shown.values("pk")).order_by()
    for pk, *called in others.values_list("collaboration", "name", "institution__name", "institution__acronym"):
        names[pk] += filter(None, called)
    return names


def _text_of(row: dict, names: Iterable[str]) -> str:
    titles = (row[column] or "" for column in TITLES)
    summaries = (row[f"begun_{column}"] or "" for column in columns_of("summary"))
    countries = (name_in(language, code) for code in row["countries"] for language, _name in site_languages())
    own = map(fold, filter(None, (*titles, *summaries)))
    return " " + " ".join((*own, *map(_folded_name, (*names, *countries))))


@lru_cache(MOST_NAMES)
def _folded_name(name: str) -> str:
    return fold(name)
