"""The public list of training programmes, as its query string describes it."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clusters.enums import Audience, TeachingLanguage, TrainingLevel
from clusters.facets import CLUSTER, THEME
from clusters.training.catalogue import BY_DEADLINE, BY_NAME, Catalogue, Found, catalogue
from core.facet_boxes import Boxes
from core.facets import ChoicesFacet, YesFacet
from core.languages import content_language, reader_language
from core.listing import FacetedList

RELEVANCE = "relevance"
# Programmes for both audiences, or in both languages, are found under each.
AUDIENCES = (Audience.AI_EXPERTS, Audience.OTHER_DISCIPLINES)
LANGUAGES = (TeachingLanguage.FRENCH, TeachingLanguage.ENGLISH)


class ProgrammeListing(FacetedList):
    """The programmes that the public sees."""

    facets = (
        ChoicesFacet("level", _("Level"), TrainingLevel),
        ChoicesFacet("language", _("Teaching language"), LANGUAGES),
        ChoicesFacet("audience", _("For whom"), AUDIENCES),
        CLUSTER,
        THEME,
        YesFacet("industry", _("Industry"), _("Built with industry")),
    )
    sorts = {RELEVANCE: _("Most relevant"), BY_NAME: _("Name"), BY_DEADLINE: _("Apply soonest")}

    def __init__(self, params):
        self.catalogue: Catalogue = catalogue()
        super().__init__(params)

    @property
    def default_sort(self) -> str:
        return RELEVANCE if self.has_words else BY_NAME

    @property
    def sets(self):
        return self.catalogue

    def boxes_of(self, facet):
        return self.catalogue.keep(f"boxes {facet.name} {reader_language()}", lambda: Boxes(facet))

    def with_words(self, query):
        found = self.catalogue.find(query)
        return found.hits if found else self.catalogue.everything

    def pks(self, start: int, stop: int) -> list[int]:
        is_ranked = self.sort == RELEVANCE and self._search is not None
        groups = self._search.buckets(self.found) if is_ranked else [self.found]
        sort = BY_DEADLINE if self.sort == BY_DEADLINE else BY_NAME
        return self.catalogue.page(groups, sort, content_language(), start, stop)

    @cached_property
    def _search(self) -> Found | None:
        return self.catalogue.find(self.query)
