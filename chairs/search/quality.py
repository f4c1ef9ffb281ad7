"""Measures the search against a gold set: queries with the chairs that a person judged relevant."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import override

from chairs.listing import ChairListing
from chairs.models import Chair
from chairs.zero_results import first_spelt, other_spelling

# Readers who find nothing right among so many results give up.
FIRST = 5


@dataclass(frozen=True)
class GoldQuery:
    """A query, the chairs that it should find, and those of them that may come first (mostly one)."""

    query: str
    expected: list[str]
    first: list[str]


@dataclass
class Quality:
    """The quality of a language's results; every query has the same weight."""

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
    """Return the chairs that the gold set expects and that are not published here: with any, it cannot be used."""
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


@dataclass(frozen=True)
class TypedQuery:
    """A query as people type it, and the chairs of which any is a right result; empty if nothing should be found.

    `across` says that its words are in another language than the reader's or the chair's; `meant` has the acceptable
    spelling suggestions.
    """

    query: str
    right: list[str]
    across: bool
    meant: list[str]


def typed_queries(folder: Path, language: str) -> list[TypedQuery]:
    rows = json.loads((folder / f"typed_{language}.json").read_text("utf-8"))
    return [TypedQuery(**row) for row in rows]


@dataclass
class Answered:
    """For each query, whether a right chair is among the first shown, and whether the spelling suggestion is right or absent."""

    right: list[bool] = field(default_factory=list)
    suggestions: list[bool] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def answer(queries: list[TypedQuery], language: str) -> Answered:
    answered = Answered()
    for one in queries:
        with override(language):
            listing = ChairListing(QueryDict(urlencode({"q": one.query})))
            offered = None if listing.count else other_spelling(listing)
            beside = first_spelt(listing, offered) if offered else listing.nearest
            pks = [*listing.pks(0, FIRST), *beside][:FIRST]
        chairs = Chair.objects.select_related("cluster").in_bulk(pks)
        shown = [address(chairs[pk]) for pk in pks]
        is_right = not set(one.right).isdisjoint(shown) if one.right else not listing.count
        is_meant = offered is None or offered.text in one.meant
        answered.right.append(is_right)
        answered.suggestions.append(is_meant)
        if not is_right or not is_meant:
            answered.failures.append(f"“{one.query}”: {', '.join(shown) or 'nothing'}; {offered and offered.text}")
    return answered


def found_by(query: str, language: str) -> list[str]:
    """Return the chairs that the list shows for a query, in its order, over all its pages."""
    params = QueryDict(mutable=True)
    params["q"] = query
    with override(language):
        listing = ChairListing(params)
        chairs = Chair.objects.select_related("cluster").in_bulk(listing.found)
        return [address(chairs[pk]) for pk in listing.pks(0, listing.count)]


def address(chair: Chair) -> str:
    return f"{chair.cluster.slug}/{chair.slug}"
