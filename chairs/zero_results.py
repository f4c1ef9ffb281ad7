"""Suggests another spelling for a list that finds nothing."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from django.http import QueryDict

from chairs.search.spelling import corrections
from core.real_words import is_real
from core.text import is_unspaced
from core.tokenizer import respelled
from core.zero_results import WayOut, no_filters, way_out, words_tried

MAX_SPELLINGS_TRIED = 6
# How many of the chairs that another spelling finds are shown at once.
SHOWN = 5


def other_spelling(listing) -> WayOut | None:
    """Return a link to the corrected query, if that finds something: with the filters kept, or else without; or None."""
    unknown = _unknown_words(listing)
    if not unknown:
        return None
    spellings = islice(_spellings(unknown), MAX_SPELLINGS_TRIED)
    queries = [respelled(listing.query, spelling) for spelling in spellings]
    for query in queries:
        if (way := way_out(listing, query, q=query)).number:
            return way
    for query in queries:
        if (way := way_out(listing, query, q=query, **no_filters(listing))).number:
            return replace(way, is_without_filters=True)
    return None


def first_spelt(listing, way: WayOut) -> list[int]:
    """Return the first records that another spelling finds."""
    return type(listing)(QueryDict(way.url[1:])).pks(0, SHOWN)


def _unknown_words(listing) -> list[str]:
    words = [word for word in words_tried(listing) if word.isalnum() and not is_unspaced(word)]
    unknown = [word for word in words if not listing.concepts.knows(word) and not listing.with_words(word)]
    return [word for word in unknown if not is_real(word)]


def _spellings(unknown: list[str]) -> Iterator[dict[str, str]]:
    """Yield the corrections of the unknown words, those with the fewest mistakes first."""
    combinations = product(*map(corrections, unknown))
    for choice in sorted(combinations, key=lambda choice: sum(mistakes for mistakes, _written in choice)):
        yield dict(zip(unknown, (written for _mistakes, written in choice), strict=True))
