"""Measures the search against a gold set: queries with the chairs that a reader judged relevant."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.http import QueryDict
from django.utils.translation import override

from chairs.listing import ChairListing
from chairs.models import Chair


@dataclass(frozen=True)
class GoldQuery:
    """A query, every chair that it should find, and those of them any of which may come first (mostly one)."""

    query: str
    expected: list[str]
    first: list[str]


@dataclass
class Quality:
    """How well a language's queries were answered, each as much as any other."""

    recalls: list[float] = field(default_factory=list)
    firsts: list[bool] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return sum(self.recalls) / len(self.recalls)

    @property
    def first_rank(self) -> float:
        return sum(self.firsts) / len(self.firsts)


def gold_queries(folder: Path, language: str) -> list[GoldQuery]:
    rows = json.loads((folder / f"queries_{language}.json").read_text("utf-8"))
    return [GoldQuery(**row) for row in rows]


def missing_chairs(queries: list[GoldQuery]) -> set[str]:
    """Return the chairs that the gold set expects and that are not published here: it is then of no use."""
    here = {address(chair) for chair in Chair.objects.published().select_related("cluster")}
    return {expected for query in queries for expected in query.expected} - here


def measure(queries: list[GoldQuery], language: str) -> Quality:
    quality = Quality()
    for query in queries:
        found = found_by(query.query, language)
        missed = [expected for expected in query.expected if expected not in found]
        is_first = found[:1] != [] and found[0] in query.first
        quality.recalls.append(1 - len(missed) / len(query.expected))
        quality.firsts.append(is_first)
        if missed:
            quality.failures.append(f"“{query.query}” misses {', '.join(missed)}")
        if not is_first:
            quality.failures.append(f"“{query.query}” begins with {found[0] if found else 'nothing'}")
    return quality


def found_by(query: str, language: str) -> list[str]:
    """Return what the list of chairs shows for a query, in its order, through all its pages."""
    params = QueryDict(mutable=True)
    params["q"] = query
    with override(language):
        listing = ChairListing(params)
        chairs = Chair.objects.select_related("cluster").in_bulk(listing.found)
        return [address(chairs[pk]) for pk in listing.pks(0, listing.count)]


def address(chair: Chair) -> str:
    return f"{chair.cluster.slug}/{chair.slug}"
