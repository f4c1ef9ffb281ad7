"""The list of collaborations as its address describes it."""

from functools import cached_property
from typing import ClassVar

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from chairs.cards.directory import directory
from collaborations.facets import FACETS
from collaborations.listed import collaborations
from collaborations.models import Collaboration, Participant
from collaborations.world_map import WorldMap, world_map
from core.facet_boxes import Boxes
from core.languages import reader_language
from core.listing import FacetedList
from core.primary_keys import any_of


class CollaborationListing(FacetedList):
    """The collaborations that the public reads, the latest first. What it keeps, it keeps with the directory of chairs."""

    facets = FACETS
    sorts: ClassVar = {"newest": gettext_lazy("Latest start"), "title": gettext_lazy("Title")}
    default_sort = "newest"

    def __init__(self, params):
        self.directory = directory()
        super().__init__(params)

    @cached_property
    def sets(self):
        return collaborations(self.directory)

    def with_words(self, query) -> BitMap:
        return self.sets.with_words(query)

    def page(self, start, stop) -> list[Collaboration]:
        order = f"title {reader_language()}" if self.sort == "title" else self.sort
        pks = self.sets.page(self.found, order, start, stop)
        found = {one.pk: one for one in listed(Collaboration.objects.filter(pk__in=any_of(pks)))}
        return [found[pk] for pk in pks if pk in found]

    @cached_property
    def map(self) -> WorldMap:
        """How many of those listed each country takes part in, on a map and in figures."""
        return world_map(self.sets, self.found, lambda country: self.query_string(country=[country]))

    def boxes_of(self, facet):
        # Chairs have a filter of the same name, with other values.
        name = f"boxes of collaborations {facet.name} {reader_language()}"
        return self.directory.keep(facet.tables, name, lambda: Boxes(facet))


def listed(collaborations):
    """Return collaborations with what their entries show, in three queries."""
    participants = Participant.objects.select_related("institution", "cluster")
    return collaborations.prefetch_related("clusters", Prefetch("participants", participants))
