"""A list as its address describes it: words, facets, order. The page and every export use the same object."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Case, F, IntegerField, Q, QuerySet, When
from django.db.models.functions import Coalesce, ExtractYear
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.facets import ADDRESS, CHAIR_FACETS, MAX_VALUES, OPPORTUNITY_FACETS, Choice, Facet, PhaseFacet
from chairs.models import Activity, Chair
from chairs.search.matching import matching
from chairs.search.ranking import by_relevance
from chairs.search.tokenizer import MAX_QUERY_LENGTH, query_words
from clusters.models import Phase
from core.languages import reader_language

# What a message repeats of a value that it does not know.
SHOWN_LENGTH = 60
# How many values of a facet are shown; the others are folded.
SHOWN_CHOICES = 8


@dataclass(frozen=True)
class ActiveFilter:
    """A filter that is on, and the query string without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class FacetOnPage:
    """A facet with the values worth showing: those that leave something, and those that are chosen."""

    facet: Facet
    choices: list[Choice]

    @cached_property
    def first(self) -> list[Choice]:
        """The chosen values and those that leave most, as many as a reader takes in at once; in the facet's order."""
        ranked = sorted(self.choices, key=lambda choice: (not choice.is_chosen, -choice.count))[:SHOWN_CHOICES]
        return [choice for choice in self.choices if choice in ranked or choice.is_chosen]

    @property
    def rest(self) -> list[Choice]:
        return [choice for choice in self.choices if choice not in self.first]


class Listing:
    """A list narrowed by words and facets. Any address gives a list; `ignored` says what was not understood."""

    # How the records lead to the chair whose words are searched.
    chair = "pk"
    facets: tuple[Facet, ...] = ()
    sorts: dict[str, str] = {}
    default_sort = ""

    def __init__(self, params: QueryDict):
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

    def matched(self, records: QuerySet) -> QuerySet:
        """Return the records that have the words of the query."""
        return matching(records, self.query, self.chair)

    def shown_unasked(self, facet: Facet) -> set:
        """Return the facet's keys to which the list keeps without any being chosen."""
        return set()

    def ordered(self, records: QuerySet) -> QuerySet:
        raise NotImplementedError

    def records(self, without: Facet | None = None) -> QuerySet:
        """Return what the words and the facets leave, one facet left out of account if asked; in no order."""
        records = self.matched(self.everything())
        for facet in self.facets:
            if self.chosen[facet.name] and facet is not without:
                records = facet.narrow(records, [choice.key for choice in self.chosen[facet.name]])
        return records

    def results(self) -> QuerySet:
        return self.ordered(self.records())

    @property
    def is_narrowed(self) -> bool:
        return self.has_words or any(self.chosen.values())

    @cached_property
    def facets_on_page(self) -> list[FacetOnPage]:
        pages = (self._on_page(facet) for facet in self.facets)
        return [page for page in pages if page.choices]

    @property
    def chosen_total(self) -> int:
        return sum(map(len, self.chosen.values()))

    @property
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

    def _chosen(self, facet: Facet, values: list[str]) -> list[Choice]:
        given = dict.fromkeys(value for value in values[:MAX_VALUES] if value)
        asked = [value for value in given if ADDRESS.fullmatch(value)]
        known = facet.find(asked) if asked else {}
        for value in given:
            if value not in known:
                self._ignore(facet.label, value)
        return list({known[value].key: known[value] for value in asked if value in known}.values())

    def _ignore(self, label: str, value: str) -> None:
        self.ignored.append(
            _("“%(value)s” is not known under “%(filter)s”, so it was ignored.")
            % {"value": value[:SHOWN_LENGTH], "filter": label}
        )

    def _on_page(self, facet: Facet) -> FacetOnPage:
        chosen = {choice.key for choice in self.chosen[facet.name]}
        counts = facet.counts(self.records(without=facet))
        shown = {key for key, count in counts.items() if count} | chosen
        choices = facet.choices_for(shown) if shown else []
        unasked = self.shown_unasked(facet)
        return FacetOnPage(
            facet,
            [
                replace(c, count=counts.get(c.key, 0), is_chosen=c.key in chosen, is_shown=c.key in unasked)
                for c in choices
            ],
        )


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

    @property
    def default_sort(self) -> str:
        return "relevance" if self.has_words else "title"

    def everything(self):
        return Chair.objects.published()

    def shown_unasked(self, facet):
        return {self.opening_phase.pk} if isinstance(facet, PhaseFacet) and self.opening_phase else set()

    @cached_property
    def opening_phase(self) -> Phase | None:
        """The phase that the list shows without having been asked to; none once anything is asked."""
        return None if self.is_narrowed else Phase.objects.filter(is_current=True).first()

    @property
    def total_in_every_phase(self) -> int:
        """How many chairs there would be if the phase did not matter."""
        choices = (choice for page in self.facets_on_page for choice in page.choices)
        return next((choice.count for choice in choices if choice.key == PhaseFacet.ALL), 0)

    @property
    def in_every_phase(self) -> str:
        return self.query_string(phase=PhaseFacet.ALL)

    def results(self) -> QuerySet[Chair]:
        records = self.records()
        return self.ordered(records.filter(phase=self.opening_phase) if self.opening_phase else records)

    def ordered(self, records):
        title = [F(f"card__title_key_{reader_language()}").asc(nulls_last=True), "pk"]
        if self.sort == "relevance":
            return by_relevance(records, self.query, reader_language())
        if self.sort == "newest":
            start = Coalesce(ExtractYear("starts_on"), "start_year", output_field=IntegerField())
            return records.order_by(start.desc(nulls_last=True), F("starts_on").desc(nulls_last=True), *title)
        if self.sort == "ending":
            end = Coalesce(ExtractYear("ends_on"), "end_year", output_field=IntegerField())
            still_running = _still_running(timezone.localdate())
            return records.order_by(still_running, end.asc(nulls_last=True), F("ends_on").asc(nulls_last=True), *title)
        return records.order_by(*title)


class OpportunityListing(Listing):
    """The activities that partners can fund, by deadline."""

    chair = "chair"
    facets = OPPORTUNITY_FACETS

    def everything(self):
        return Activity.objects.open()

    def ordered(self, records):
        return records.nearest_deadline_first()


def _still_running(today: datetime.date) -> Case:
    """Order first what has not ended yet, then what has no stated end, then what is over."""
    over = Q(ends_on__lt=today) | Q(ends_on=None, end_year__lt=today.year)
    unstated = Q(ends_on=None, end_year=None)
    return Case(When(over, then=2), When(unstated, then=1), default=0, output_field=IntegerField()).asc()
