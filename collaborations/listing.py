"""The public list of collaborations, as its query string describes it."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.db.models import Prefetch
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from chairs.cards.directory import directory
from collaborations.facets import FACETS
from collaborations.listed import collaborations
from collaborations.models import Collaboration, Participant
from collaborations.world_map import PLACE, WorldMap, world_map
from core.facet_boxes import Boxes
from core.kept_parts import kept_parts
from core.languages import content_language, reader_language
from core.listing import FacetedList
from core.primary_keys import any_of


@dataclass(frozen=True)
class Entry:
    """A collaboration's entry in the list; rendered once, until something in it changes."""

    pk: int
    html: SafeString


class CollaborationListing(FacetedList):
    """The public collaborations, the latest first. It caches values with the directory of chairs."""

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

    def pks(self, start: int, stop: int) -> list[int]:
        order = f"title {content_language()}" if self.sort == "title" else self.sort
        return self.sets.page(self.found, order, start, stop)

    def page(self, start, stop) -> list[Entry]:
        pks = self.pks(start, stop)
        found = kept_parts([("collaboration", pk) for pk in pks], _written)
        return [Entry(pk, found["collaboration", pk]) for pk in pks if ("collaboration", pk) in found]

    @cached_property
    def map(self) -> WorldMap:
        """The number of listed collaborations by country, for the map and its table."""
        return world_map(self.sets, self.found, self.query_string(country=[PLACE]))

    def boxes_of(self, facet):
        # Chairs have a filter of the same name, with other values.
        name = f"boxes of collaborations {facet.name} {reader_language()}"
        return self.directory.keep(facet.tables, name, lambda: Boxes(facet))


def _written(names: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    found = listed(Collaboration.objects.filter(pk__in=any_of(pk for _name, pk in names)))
    template = get_template("collaborations/_entry.html")
    return {("collaboration", one.pk): template.render({"collaboration": one}) for one in found}


def listed(collaborations):
    """Prefetch what the entries of collaborations show, in three queries."""
    participants = Participant.objects.select_related("institution", "cluster")
    return collaborations.prefetch_related("clusters", Prefetch("participants", participants))
