"""The public lists of chairs and of records of chairs, as their query strings describe them."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from chairs.cards.directory import Directory, directory
from chairs.cards.opportunities import Opportunities, opportunities
from chairs.cards.reading import Entry, Opportunity, entries_of, opportunities_of
from chairs.cards.sorting import Sort
from chairs.facets import CHAIR_FACETS, OPPORTUNITY_FACETS, PhaseFacet
from chairs.models import Activity, Chair
from chairs.search.concepts import Concepts, concepts_of
from chairs.search.heads import Head, heads_named
from chairs.search.matching import Found, OtherWords, find, find_beginning, having_some, without_subject
from chairs.search.meaning import FEW, nearest
from clusters.models import Phase
from core.facet_boxes import Boxes
from core.languages import content_language, reader_language
from core.listing import FacetedList
from core.primary_keys import any_of
from core.sets import NOBODY


class Listing(FacetedList):
    """A list of chairs or of their records. It caches values with the directory."""

    def __init__(self, params: QueryDict) -> None:
        self.directory = directory()
        super().__init__(params)

    def everything(self) -> QuerySet:
        """Return the queryset of all that the public may see."""
        raise NotImplementedError

    def results(self) -> QuerySet:
        """Return the queryset of the records found, unordered."""
        return self.everything().filter(pk__in=any_of(self.found))

    @property
    def sets(self) -> Directory | Opportunities:
        return self.directory

    def boxes_of(self, facet):
        """Return the facet's checkboxes, cached with the directory until a record that they name changes."""
        # The class name is part of the key: two lists may have a filter of the same name.
        name = f"boxes {type(self).__name__} {facet.name} {reader_language()}"
        return self.directory.keep(facet.tables, name, lambda: Boxes(facet))

    def with_words(self, query):
        found = find(query, self.concepts)
        return self.of_chairs(found.hits) if found else self.sets.everything

    def of_chairs(self, chairs: BitMap) -> BitMap:
        """Return the records of these chairs."""
        raise NotImplementedError

    @property
    def concepts(self) -> Concepts:
        return concepts_of(self.directory)

    @cached_property
    def same_meaning(self) -> list[OtherWords]:
        """The query terms that were found through words of the same meaning, or a related one, with those words."""
        return self._search.same_meaning(self.chairs_found) if self._search else []

    @cached_property
    def heads(self) -> list[Head]:
        """The directors of clusters whom the query names."""
        return heads_named(self.directory, self.query) if self.has_words else []

    @property
    def beginning(self) -> str:
        """The query's last word if it was matched as a prefix, because no record has it as a word; else empty."""
        return self._search.beginning if self._search else ""

    @property
    def chairs_found(self) -> BitMap:
        """The chairs found, or the chairs of the records found."""
        raise NotImplementedError

    @cached_property
    def _search(self) -> Found | None:
        found = find(self.query, self.concepts)
        if found and not found.hits:
            return find_beginning(self.query, self.concepts) or found
        return found

    @cached_property
    def _with_words(self):
        return self.of_chairs(self._search.hits) if self._search else self.sets.everything


class ChairListing(Listing):
    """The directory of chairs.

    It opens on the current phase. A search covers every phase, because a reader who searches for a subject does not
    know its phase. `phase` in the query string overrides this.
    """

    facets = CHAIR_FACETS
    sorts = {
        "relevance": gettext_lazy("Most relevant"),
        "title": gettext_lazy("Title"),
        "newest": gettext_lazy("Latest start"),
        "ending": gettext_lazy("Ending soonest"),
    }
    # The card's number that each order sorts by first; equally relevant chairs sort by length of title.
    numbers = {"relevance": "title_length", "title": "", "newest": "start_order", "ending": "end_order"}

    @property
    def default_sort(self) -> str:
        return "relevance" if self.has_words else "title"

    def everything(self):
        return Chair.objects.published()

    def of_chairs(self, chairs):
        return chairs & self.directory.everything

    @property
    def chairs_found(self):
        return self.found

    def page(self, start, stop) -> list[Entry]:
        return entries_of(self.pks(start, stop))

    def pks(self, start: int, stop: int) -> list[int]:
        is_ranked = self.sort == "relevance" and self._search is not None
        groups: Iterable[BitMap] = self._search.buckets(self.found) if is_ranked else [self.found]
        return self.directory.page(groups, Sort(self.numbers[self.sort], content_language()), start, stop)

    def shown_unasked(self, facet):
        is_opening = isinstance(facet, PhaseFacet) and self.opening_phase
        return frozenset([self.opening_phase.pk]) if is_opening else frozenset()

    @cached_property
    def found(self):
        opening = self.opening_phase
        return self._left_by_all & self.directory.any_of([f"phase={opening.pk}"]) if opening else self._left_by_all

    @cached_property
    def opening_phase(self) -> Phase | None:
        """The phase shown when the request names none; None once the reader searches or filters."""
        if self.is_narrowed:
            return None
        return self.directory.keep([Phase._meta.db_table], "current phase", _current_phase)

    @cached_property
    def nearest(self) -> list[int]:
        """The chairs nearest in meaning to the query if few match it; shown beside the results, and not counted."""
        if self._search is None or len(self._search.hits) >= FEW:
            return []
        among = BitMap.intersection(self.directory.everything, *self._with_values.values())
        said = ", ".join([without_subject(self.query) or self.query, *self._search.in_other_words()])
        return nearest(self.directory, said, among - self.found, lambda: having_some(self.query, self.concepts))

    @cached_property
    def total_in_every_phase(self) -> int:
        """The number of chairs found in all phases."""
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

    @property
    def chairs_found(self):
        return self._search.hits if self._search else NOBODY

    def pks(self, start: int, stop: int) -> list[int]:
        return self.sets.page(self.found, start, stop)

    def page(self, start, stop) -> list[Opportunity]:
        return opportunities_of(self.pks(start, stop))


def _current_phase() -> Phase | None:
    return Phase.objects.filter(is_current=True).first()
