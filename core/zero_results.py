"""The one thing to leave out of what was asked, for a list that finds nothing, with its number of results."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from core.tokenizer import asked_words, respelled

# Each word costs one or two queries. In a longer query, all words are dropped together.
MAX_WORDS_TRIED = 8


@dataclass(frozen=True)
class WayOut:
    """A suggested list: its label, its address and its number of results."""

    text: str
    url: str
    number: int
    is_without_filters: bool = False


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
            ways.append(way_out(listing, text, **{facet.name: []}))
    return ways


def _without_a_word(listing) -> list[WayOut]:
    """Of a single word, nothing of what was asked would be left."""
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
