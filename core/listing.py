"""A list as its URL describes it: words, facets, order. The page and every export use the same object."""

from dataclasses import dataclass
from typing import ClassVar

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from core.facet_boxes import Boxes, FacetOnPage
from core.facets import ADDRESS, MAX_VALUES, Choice, Facet
from core.sets import Sets
from core.tokenizer import MAX_QUERY_LENGTH, query_words

# How many characters of an unknown value a message repeats.
SHOWN_LENGTH = 60


@dataclass(frozen=True)
class ActiveFilter:
    """An active filter, and the query string that removes it."""

    label: str
    value: str
    without: str


class FacetedList:
    """A list narrowed by words and facets. Any URL gives a list; `ignored` says what was not understood."""

    facets: ClassVar[tuple[Facet, ...]] = ()
    sorts: ClassVar[dict[str, str]] = {}
    default_sort = ""

    def __init__(self, params: QueryDict) -> None:
        self.query = params.get("q", "").replace("\0", " ").strip()[:MAX_QUERY_LENGTH]
        self.has_words = bool(query_words(self.query))
        self.ignored: list[str] = []
        # The unknown parameters and values, for callers that reject such a URL.
        self.unknown: list[tuple[str, str]] = []
        if self.query and not self.has_words:
            self.ignored.append(_("“%(text)s” has no word to search for.") % {"text": self.query[:SHOWN_LENGTH]})
        self.chosen = {facet.name: self._chosen(facet, params.getlist(facet.name)) for facet in self.facets}
        self.sort = params.get("sort", "")
        if self.sort and self.sort not in self.sorts:
            self._ignore("sort", gettext_lazy("Order"), self.sort)
        if self.sort not in self.sorts:
            self.sort = self.default_sort

    @property
    def sort_values(self) -> tuple[str, ...]:
        """The possible orders, by which a template tells this list from others."""
        return tuple(self.sorts)

    def pks(self, start: int, stop: int) -> list[int]:
        """Return the primary keys of the listed records from `start` to `stop`, in order."""
        raise NotImplementedError

    def page(self, start: int, stop: int) -> list:
        """Return what a page shows from `start` to `stop`: by default the keys, for lists that cache their entries by key."""
        return self.pks(start, stop)

    @property
    def sets(self) -> Sets:
        """Which records the list has, and which of them have each value of a facet."""
        raise NotImplementedError

    def boxes_of(self, facet: Facet) -> Boxes:
        """Return the facet's boxes in the reader's language, cached or built now."""
        raise NotImplementedError

    def with_words(self, query: str) -> BitMap:
        """Return the records that match every word of a query; all records if it has no word."""
        raise NotImplementedError

    def shown_unasked(self, facet: Facet) -> frozenset:
        """Return the facet's keys that the list applies by default, without their being chosen."""
        return frozenset()

    @cached_property
    def found(self) -> BitMap:
        """The primary keys of the listed records."""
        return self._left_by_all

    @property
    def count(self) -> int:
        return len(self.found)

    @property
    def is_narrowed(self) -> bool:
        return self.has_words or any(self.chosen.values())

    @cached_property
    def facets_on_page(self) -> list[FacetOnPage]:
        pages = (self._on_page(facet) for facet in self.facets)
        return [page for page in pages if page.places]

    @property
    def chosen_total(self) -> int:
        return sum(map(len, self.chosen.values()))

    @cached_property
    def active_filters(self) -> list[ActiveFilter]:
        filters = []
        if self.has_words:
            filters.append(ActiveFilter(_("Words"), self.query, self.query_string(q="")))
        for facet in self.facets:
            for choice in self.chosen[facet.name]:
                left = [other.value for other in self.chosen[facet.name] if other != choice]
                filters.append(ActiveFilter(facet.label, choice.label, self.query_string(**{facet.name: left})))
        return filters

    def query_string(self, **changes) -> str:
        """Return the query string of this list with some parameters changed, and without the page number."""
        query = QueryDict(mutable=True)
        values = {"q": self.query if self.has_words else ""}
        values |= {name: [choice.value for choice in choices] for name, choices in self.chosen.items()}
        values |= {"sort": self.sort if self.sort != self.default_sort else ""}
        for name, value in (values | changes).items():
            kept = [item for item in (value if isinstance(value, list) else [value]) if item]
            if kept:
                query.setlist(name, kept)
        return "?" + query.urlencode()

    def _chosen(self, facet: Facet, values: list[str]) -> list[Choice]:
        given = dict.fromkeys(value for value in values[:MAX_VALUES] if value)
        if not given:
            return []
        asked = [value for value in given if ADDRESS.fullmatch(value)]
        known = facet.find(asked, self.boxes_of(facet).choices) if asked else {}
        for value in given:
            if value not in known:
                self._ignore(facet.name, facet.label, value)
        return list({known[value].key: known[value] for value in asked if value in known}.values())

    def _ignore(self, name: str, label: str, value: str) -> None:
        self.unknown.append((name, value))
        self.ignored.append(
            _("“%(value)s” is not known under “%(filter)s”, so it was ignored.")
            % {"value": value[:SHOWN_LENGTH], "filter": label}
        )

    @cached_property
    def _with_words(self) -> BitMap:
        return self.with_words(self.query)

    @cached_property
    def _with_values(self) -> dict[str, BitMap]:
        """For each facet with chosen values, the records that have one of these values."""
        return {
            facet.name: self.sets.any_of(facet.asked(choice.key for choice in self.chosen[facet.name]))
            for facet in self.facets
            if self.chosen[facet.name]
        }

    def _left(self, without: str = "") -> BitMap:
        """Return the records that match the words and the facets, except the facet `without`."""
        left = self._with_words
        for name, having in self._with_values.items():
            if name != without:
                left = left & having
        return left

    @cached_property
    def _left_by_all(self) -> BitMap:
        """The records that match the words and all facets."""
        return self._left()

    def _on_page(self, facet: Facet) -> FacetOnPage:
        left = self._left(without=facet.name) if self.chosen[facet.name] else self._left_by_all
        boxes = self.boxes_of(facet)
        chosen = frozenset(choice.key for choice in self.chosen[facet.name])
        return FacetOnPage(boxes, tuple(self.sets.counts(boxes.asked, left)), chosen, self.shown_unasked(facet))
