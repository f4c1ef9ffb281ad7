"""The public list of start-ups: searched by words, filtered by cluster, tie, stage, incubator, year and survival."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from chairs.cards.start_ups import TABLE, UNKNOWN, start_ups
from chairs.enums import StartUpStage, StartUpTie
from chairs.facets import CLUSTER
from chairs.listing import Listing
from chairs.models import StartUp
from clusters.facets import RecordFacet
from clusters.models import Cluster, Institution
from core.facets import Choice, ChoicesFacet, Facet
from core.text import is_unspaced, name_key
from core.tokenizer import FUNCTION, asked_words

# Further words of a query are ignored: nobody types more.
MAX_WORDS = 10


class StageFacet(ChoicesFacet):
    """The stages of a start-up, in order, and “not stated”."""

    def _every(self) -> Iterator[Choice]:
        yield from super()._every()
        yield Choice(UNKNOWN, str(NOT_STATED), UNKNOWN)


class IncubatorFacet(RecordFacet):
    """The institutions that are the incubator or school of a start-up."""

    def __init__(self, name: str, label: str):
        super().__init__(name, label, Institution)
        self.tables = (Institution._meta.db_table, TABLE)

    def _records(self) -> Any:
        used = StartUp.objects.published().exclude(incubator=None).order_by().values("incubator")
        return sorted(Institution.objects.filter(pk__in=used), key=lambda one: name_key(one.name))


class FoundedFacet(Facet):
    """The years of foundation, the latest first."""

    tables = (TABLE,)

    def _every(self) -> Iterator[Choice]:
        stated = StartUp.objects.published().exclude(founded_year=None).order_by("-founded_year")
        for year in stated.values_list("founded_year", flat=True).distinct():
            yield Choice(str(year), str(year), year)
        yield Choice(UNKNOWN, str(NOT_STATED), UNKNOWN)


class AliveFacet(Facet):
    """Whether a start-up still exists."""

    def _every(self) -> Iterator[Choice]:
        yield Choice("yes", str(gettext_lazy("Yes")), "yes")
        yield Choice("no", str(gettext_lazy("No")), "no")
        yield Choice(UNKNOWN, str(NOT_STATED), UNKNOWN)


NOT_STATED = gettext_lazy("Not stated")
START_UP_FACETS = (
    CLUSTER,
    ChoicesFacet("tie", gettext_lazy("Tie to the cluster"), StartUpTie),
    StageFacet("stage", gettext_lazy("Stage"), StartUpStage),
    IncubatorFacet("incubator", gettext_lazy("Incubator or school")),
    FoundedFacet("founded", gettext_lazy("Founded in")),
    AliveFacet("alive", gettext_lazy("Still alive")),
)


class StartUpListing(Listing):
    """The start-ups of the clusters."""

    facets = START_UP_FACETS
    sorts = {"name": gettext_lazy("Name"), "newest": gettext_lazy("Latest founded")}
    default_sort = "name"

    def everything(self) -> Any:
        return StartUp.objects.published()

    @cached_property
    def sets(self) -> Any:
        return start_ups(self.directory)

    def with_words(self, query: str) -> BitMap:
        """Return the start-ups that match every query word: in their own text, or by their incubator or cluster."""
        asked = [word.removeprefix(f"{FUNCTION}_") for word in asked_words(query)]
        words = list(dict.fromkeys(asked))[:MAX_WORDS]
        if not words:
            return self.sets.everything
        found = self.sets.everything
        for word in words:
            found = found & self._with_word(word)
        return found

    def _with_word(self, word: str) -> BitMap:
        """Return the start-ups with a word in their own text, or in the name of their incubator or cluster."""
        incubators = Institution.objects.filter(Q(name_key__contains=word) | Q(acronym_key=word)).order_by()
        clusters = Cluster.objects.filter(Q(name__folded__contains=word) | Q(acronym__folded=word)).order_by()
        ties = [f"incubator={pk}" for pk in incubators.filter(incubated__isnull=False).values_list("pk", flat=True)]
        ties += [f"cluster={pk}" for pk in clusters.values_list("pk", flat=True)]
        # In scripts without spaces between words, a word may be anywhere in the text.
        return self.sets.with_beginning(word if is_unspaced(word) else f" {word}") | self.sets.any_of(ties)

    @cached_property
    def _with_words(self) -> BitMap:
        return self.with_words(self.query)

    def pks(self, start: int, stop: int) -> list[int]:
        return self.sets.page(self.found, self.sort, start, stop)
