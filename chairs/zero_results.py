"""Suggestions for an empty list: another spelling, or one filter to remove, each with its number of results."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from chairs.search.spelling import corrections
from chairs.search.tokenizer import asked_words, respelled
from core.text import is_unspaced

# Each word costs one or two queries. In a longer query, all words are dropped together.
MAX_WORDS_TRIED = 8
MAX_SPELLINGS_TRIED = 6


@dataclass(frozen=True)
class WayOut:
    """A suggested list: its label, its address and its number of results."""

    text: str
    url: str
    number: int
    is_without_filters: bool = False


def other_spelling(listing) -> WayOut | None:
    """Return the same query without its mistakes, where that finds something: with the filters kept, or else without."""
    unknown = _unknown_words(listing)
    if not unknown:
        return None
    spellings = islice(_spellings(unknown), MAX_SPELLINGS_TRIED)
    queries = [respelled(listing.query, spelling) for spelling in spellings]
    for query in queries:
        if (way := _way(listing, query, q=query)).number:
            return way
    for query in queries:
        if (way := _way(listing, query, q=query, **_no_filters(listing))).number:
            return replace(way, is_without_filters=True)
    return None


def _unknown_words(listing) -> list[str]:
    words = [word for word in _words(listing) if word.isalnum() and not is_unspaced(word)]
    return [word for word in words if not listing.with_words(word)]


def _spellings(unknown: list[str]) -> Iterator[dict[str, str]]:
    """Return the ways of putting the unknown words right, those with the fewest mistakes first."""
    combinations = product(*map(corrections, unknown))
    for choice in sorted(combinations, key=lambda choice: sum(mistakes for mistakes, _written in choice)):
        yield dict(zip(unknown, (written for _mistakes, written in choice), strict=True))


def best_drop(listing) -> WayOut | None:
    """Return the one thing to leave out of what was asked: the filter that gives most, else the word, else more."""
    for ways in (_without_a_filter, _without_a_word, _without_several, _without_anything):
        best = max(ways(listing), key=lambda way: way.number, default=None)
        if best and best.number:
            return best
    return None


def _without_a_filter(listing) -> list[WayOut]:
    """Within a filter values add up: only without all of them is there more."""
    ways = []
    for facet in listing.facets:
        if listing.chosen[facet.name]:
            values = format_html_join(" / ", "{}", ([choice.label] for choice in listing.chosen[facet.name]))
            text = format_html(_("Without the filter “{filter}: {value}”"), filter=facet.label, value=values)
            ways.append(_way(listing, text, **{facet.name: []}))
    return ways


def _without_a_word(listing) -> list[WayOut]:
    return [
        _way(listing, format_html(_("Without the word “{word}”"), word=word), q=respelled(listing.query, {word: ""}))
        for word in _words(listing)
    ]


def _words(listing) -> list[str]:
    return list(dict.fromkeys(asked_words(listing.query)))[:MAX_WORDS_TRIED]


def _without_several(listing) -> list[WayOut]:
    return [_way(listing, _("Without any filter"), **_no_filters(listing)), _way(listing, _("Without any word"), q="")]


def _without_anything(listing) -> list[WayOut]:
    return [_way(listing, _("Without words or filters"), q="", **_no_filters(listing))]


def _no_filters(listing) -> dict[str, list]:
    return {facet.name: [] for facet in listing.facets}


def _way(listing, text: str, **changes) -> WayOut:
    url = listing.query_string(**changes)
    return WayOut(text, url, type(listing)(QueryDict(url[1:])).count)
