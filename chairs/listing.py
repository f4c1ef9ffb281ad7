"""A list as its address describes it: words, facets, order. The page and every export use the same object."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from chairs.cards.directory import Directory, directory
from chairs.cards.opportunities import Opportunities, opportunities
from chairs.cards.reading import Entry, Opportunity, entries_of, opportunities_of
from chairs.cards.sorting import Sort
from chairs.facet_boxes import Boxes, FacetOnPage
from chairs.facets import ADDRESS, CHAIR_FACETS, MAX_VALUES, OPPORTUNITY_FACETS, Choice, Facet, PhaseFacet
from chairs.models import Activity, Chair
from chairs.search.matching import Found, find
from chairs.search.tokenizer import MAX_QUERY_LENGTH, query_words
from clusters.models import Phase
from core.languages import reader_language
from core.primary_keys import any_of

# What a message repeats of a value that it does not know.
SHOWN_LENGTH = 60


@dataclass(frozen=True)
class ActiveFilter:
    """A filter that is on, and the query string without it."""

    label: str
    value: str
    without: str


class Listing:
    """A list narrowed by words and facets. Any address gives a list; `ignored` says what was not understood."""

    facets: ClassVar[tuple[Facet, ...]] = ()
    sorts: ClassVar[dict[str, str]] = {}
    default_sort = ""

    def __init__(self, params: QueryDict):
        self.directory = directory()
        self.query = params.get("q", "").replace("\0", " ").strip()[:MAX_QUERY_LENGTH]
        self.has_words = bool(query_words(self.query))
        self.ignored: list[str] = []
        if self.query and not self.has_words:
            self.ignored.append(_("“%(text)s” has no word to search for.") % {"text": self.query[:SHOWN_LENGTH]})
        self.chosen = {facet.name: self._chosen(facet, params.getlist(facet.name)) for facet in self.facets}
        self.sort = params.get("sort", "")
        if self.sort and self.sort not in self.sorts:
            self._ignore(gettext_lazy("Order"), self.sort)
        if self.sort not in self.sorts:
            self.sort = self.default_sort

    def everything(self) -> QuerySet:
        """Return all that the public may see."""
        raise NotImplementedError

    def results(self) -> QuerySet:
        """Return the records that are listed, in no order."""
        return self.everything().filter(pk__in=any_of(self.found))

    def page(self, start: int, stop: int) -> list:
        """Return what is listed from one place to another, in order."""
        raise NotImplementedError

    @property
    def sets(self) -> Directory | Opportunities:
        """Which records the list has, and which of them have a value of a facet."""
        return self.directory

    def with_words(self, query: str) -> BitMap:
        """Return the records that have every word of a query."""
        found = find(query)
        return self.of_chairs(found.hits) if found else self.sets.everything

    def of_chairs(self, chairs: BitMap) -> BitMap:
        """Return the records that belong to these chairs."""
        raise NotImplementedError

    def shown_unasked(self, facet: Facet) -> frozenset:
        """Return the facet's keys to which the list keeps without any being chosen."""
        return frozenset()

    @cached_property
    def found(self) -> BitMap:
        """The primary keys of the records that are listed."""
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
        """Return the address's query for this list with some parameters changed, without its page."""
        query = QueryDict(mutable=True)
        values = {"q": self.query if self.has_words else ""}
        values |= {name: [choice.value for choice in choices] for name, choices in self.chosen.items()}
        values |= {"sort": self.sort if self.sort != self.default_sort else ""}
        for name, value in (values | changes).items():
            kept = [item for item in (value if isinstance(value, list) else [value]) if item]
            if kept:
                query.setlist(name, kept)
        return "?" + query.urlencode()

    def _boxes(self, facet: Facet) -> Boxes:
        """Return the facet's boxes, kept with the directory until a record that they name is changed."""
        name = f"boxes {facet.name} {reader_language()}"
        return self.directory.keep(facet.tables, name, lambda: Boxes(facet))

    def _chosen(self, facet: Facet, values: list[str]) -> list[Choice]:
        given = dict.fromkeys(value for value in values[:MAX_VALUES] if value)
        if not given:
            return []
        asked = [value for value in given if ADDRESS.fullmatch(value)]
        known = facet.find(asked, self._boxes(facet).choices) if asked else {}
        for value in given:
            if value not in known:
                self._ignore(facet.label, value)
        return list({known[value].key: known[value] for value in asked if value in known}.values())

    def _ignore(self, label: str, value: str) -> None:
        self.ignored.append(
            _("“%(value)s” is not known under “%(filter)s”, so it was ignored.")
            % {"value": value[:SHOWN_LENGTH], "filter": label}
        )

    @cached_property
    def _search(self) -> Found | None:
        return find(self.query)

    @cached_property
    def _with_words(self) -> BitMap:
        return self.of_chairs(self._search.hits) if self._search else self.sets.everything

    @cached_property
    def _with_values(self) -> dict[str, BitMap]:
        """The records that have one of the values chosen, for each facet of which some are."""
        return {
            facet.name: self.sets.any_of(facet.asked(choice.key for choice in self.chosen[facet.name]))
            for facet in self.facets
            if self.chosen[facet.name]
        }

    def _left(self, without: str = "") -> BitMap:
        """Return what the words and the facets leave, one facet left out of account if asked."""
        left = self._with_words
        for name, having in self._with_values.items():
            if name != without:
                left = left & having
        return left

    @cached_property
    def _left_by_all(self) -> BitMap:
        """What is left by all words and facets that were asked for."""
        return self._left()

    def _on_page(self, facet: Facet) -> FacetOnPage:
        left = self._left(without=facet.name) if self.chosen[facet.name] else self._left_by_all
        boxes = self._boxes(facet)
        chosen = frozenset(choice.key for choice in self.chosen[facet.name])
        return FacetOnPage(boxes, self.sets.counts(boxes.asked, left), chosen, self.shown_unasked(facet))


class ChairListing(Listing):
    """The directory of chairs.

    It opens on the current phase; as soon as anything is searched for, every phase is looked into, because a reader who
    searches for a subject does not know its phase. `phase` overrides this.
    """

    facets = CHAIR_FACETS
    sorts = {
        "relevance": gettext_lazy("Most relevant"),
        "title": gettext_lazy("Title"),
        "newest": gettext_lazy("Latest start"),
        "ending": gettext_lazy("Ending soonest"),
    }
    # The number by which each sorts first; those as relevant as each other, by the length of their titles.
    numbers = {"relevance": "title_length", "title": "", "newest": "start_order", "ending": "end_order"}

    @property
    def default_sort(self) -> str:
        return "relevance" if self.has_words else "title"

    def everything(self):
        return Chair.objects.published()

    def of_chairs(self, chairs):
        return chairs & self.directory.everything

    def page(self, start, stop) -> list[Entry]:
        return entries_of(self.pks(start, stop))

    def pks(self, start: int, stop: int) -> list[int]:
        is_ranked = self.sort == "relevance" and self._search is not None
        groups: Iterable[BitMap] = self._search.buckets(self.found) if is_ranked else [self.found]
        return self.directory.page(groups, Sort(self.numbers[self.sort], reader_language()), start, stop)

    def shown_unasked(self, facet):
        is_opening = isinstance(facet, PhaseFacet) and self.opening_phase
        return frozenset([self.opening_phase.pk]) if is_opening else frozenset()

    @cached_property
    def found(self):
        opening = self.opening_phase
        return self._left_by_all & self.directory.any_of([f"phase={opening.pk}"]) if opening else self._left_by_all

    @cached_property
    def opening_phase(self) -> Phase | None:
        """The phase that the list shows without having been asked to; none once anything is asked."""
        if self.is_narrowed:
            return None
        return self.directory.keep([Phase._meta.db_table], "current phase", _current_phase)

    @cached_property
    def total_in_every_phase(self) -> int:
        """How many chairs there would be if the phase did not matter."""
        return len(self._left(without="phase"))

    @property
    def in_every_phase(self) -> str:
        return self.query_string(phase=PhaseFacet.ALL)


class OpportunityListing(Listing):
    """The activities that partners can fund, by deadline."""

    facets = OPPORTUNITY_FACETS

    def everything(self):
        return Activity.objects.open()

    @cached_property
    def sets(self):
        return opportunities(self.directory)

    def of_chairs(self, chairs):
        return self.sets.of_chairs(chairs)

    def page(self, start, stop) -> list[Opportunity]:
        return opportunities_of(self.sets.page(self.found, start, stop))


def _current_phase() -> Phase | None:
    return Phase.objects.filter(is_current=True).first()
