"""The directors of clusters: a director's name finds the cluster's chairs, and the list says why."""

from dataclasses import dataclass

from chairs.cards.directory import Directory
from clusters.models import Cluster, Director, Person
from core.addresses import address_of
from core.tokenizer import folded, query_words, written_words

TABLES = [model._meta.db_table for model in (Director, Person, Cluster)]


@dataclass(frozen=True)
class Head:
    """A director of a cluster, whom a source names."""

    words: frozenset[str]
    name: str
    cluster: str
    slug: str

    def get_absolute_url(self) -> str:
        return address_of("clusters:detail", self.slug)


def heads_named(directory: Directory, query: str) -> list[Head]:
    """Return the directors whose name has every word of the query; all are cached with the directory."""

    def read() -> list[Head]:
        rows = Director.objects.named().order_by("pk")
        found = rows.values_list("person__name", "cluster__acronym", "cluster__name", "cluster__slug")
        heads = (Head(_words(name), name, acronym or full, slug) for name, acronym, full, slug in found)
        return list(dict.fromkeys(heads))

    words = set(query_words(query))
    heads: list[Head] = directory.keep(TABLES, "heads", read)
    return [head for head in heads if words and words <= head.words]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for written in written_words(name) for word in folded(written))
