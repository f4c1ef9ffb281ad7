"""Suggestions for a list without results: what to leave out of the request, with the number of results."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from core.tokenizer import asked_words, respelled

# Each word costs one or two queries. Further words of a longer search are not tried one by one.
MAX_WORDS_TRIED = 8


@dataclass(frozen=True)
class WayOut:
    """A suggested list: its label, its URL and its number of results."""

    text: str
    url: str
    number: int
    is_without_filters: bool = False


def best_drop(listing) -> WayOut | None:
    """Return the suggestion with most results: without one filter, else without one word, else without several; or None."""
    for ways in (_without_a_filter, _without_a_word, _without_several, _without_anything):
        best = max(ways(listing), key=lambda way: way.number, default=None)
        if best and best.number:
            return best
    return None


def _without_a_filter(listing) -> list[WayOut]:
    """Return a suggestion per filter, without all its values: values are alternatives, so dropping one finds no more."""
    ways = []
    for facet in listing.facets:
        if listing.chosen[facet.name]:
            values = format_html_join(" / ", "{}", ([choice.label] for choice in listing.chosen[facet.name]))
            text = format_html(_("Without the filter “{filter}: {value}”"), filter=facet.label, value=values)
            ways.append(way_out(listing, text, **{facet.name: []}))
    return ways


def _without_a_word(listing) -> list[WayOut]:
    """Return a suggestion per word; none for a single word, since nothing of the request would be left."""
    words = words_tried(listing)
    return [
        way_out(listing, format_html(_("Without the word “{word}”"), word=word), q=respelled(listing.query, {word: ""}))
        for word in words
        if len(words) > 1
    ]


def words_tried(listing) -> list[str]:
    return list(dict.fromkeys(asked_words(listing.query)))[:MAX_WORDS_TRIED]


def _without_several(listing) -> list[WayOut]:
    if not any(listing.chosen.values()):
        return []
    return [
        way_out(listing, _("Without any filter"), **no_filters(listing)),
        way_out(listing, _("Without any word"), q=""),
    ]


def _without_anything(listing) -> list[WayOut]:
    if not any(listing.chosen.values()):
        return []
    return [way_out(listing, _("Without words or filters"), q="", **no_filters(listing))]


def no_filters(listing) -> dict[str, list]:
    return {facet.name: [] for facet in listing.facets}


def way_out(listing, text: str, **changes) -> WayOut:
    url = listing.query_string(**changes)
    return WayOut(text, url, type(listing)(QueryDict(url[1:])).count)
