"""The public list of outputs, searched by words and filtered by cluster, kind and year."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from chairs.cards.outputs import TABLE, outputs
from chairs.enums import OutputKind
from chairs.facets import CLUSTER, Choice, Facet
from chairs.listing import Listing
from chairs.models import Chair, Output
from chairs.outputs.entries import Row, rows_of
from clusters.templatetags.records import field
from core.facet_boxes import Boxes
from core.facets import MAX_VALUES
from core.identifiers import compact_doi, compact_hal, is_doi, is_hal
from core.primary_keys import is_key
from core.text import is_unspaced
from core.tokenizer import FUNCTION, asked_words

# Further words of a query are ignored: nobody types more.
MAX_WORDS = 10


class KindFacet(Facet):
    def _every(self) -> Iterator[Choice]:
        return (Choice(str(kind.value), str(kind.label), kind.value) for kind in OutputKind)


class YearFacet(Facet):
    """The years of publication, the latest first."""

    tables = (TABLE,)

    def _every(self) -> Iterator[Choice]:
        years = (
            Output.objects.confirmed().exclude(year=None).order_by("-year").values_list("year", flat=True).distinct()
        )
        return (Choice(str(year), str(year), year) for year in years)


class ChairFacet(Facet):
    """The chairs that a URL asks for by number, as the permanent link does: their pages link here. No others are offered.

    A number without a public chair is a choice too, with nothing in it: if it were ignored, a bibliography that another site
    takes from here would be of all chairs once its own is withdrawn.
    """

    def __init__(self, name: str, label: Any, asked: Iterable[str] = ()):
        super().__init__(name, label)
        self.keys = [int(value) for value in asked if is_key(value)]

    def _every(self) -> Iterator[Choice]:
        chairs = Chair.objects.published().filter(pk__in=self.keys) if self.keys else ()
        titles = {chair.pk: field(chair, "title") for chair in chairs}
        return (Choice(str(key), titles.get(key, str(key)), key) for key in sorted(set(self.keys)))


CHAIR = ChairFacet("chair", gettext_lazy("Chair"))


class OutputListing(Listing):
    """Publications, software and data sets of published chairs."""

    facets = (CLUSTER, KindFacet("kind", gettext_lazy("Kind")), YearFacet("year", gettext_lazy("Year")), CHAIR)

    def __init__(self, params: QueryDict) -> None:
        asked = dict.fromkeys(params.getlist(CHAIR.name)[:MAX_VALUES])
        self.boxes_of_chairs = Boxes(ChairFacet(CHAIR.name, CHAIR.label, asked))
        super().__init__(params)

    def boxes_of(self, facet: Facet) -> Boxes:
        return self.boxes_of_chairs if facet is CHAIR else super().boxes_of(facet)

    def everything(self) -> Any:
        return Output.objects.published()

    @cached_property
    def sets(self) -> Any:
        return outputs(self.directory)

    def with_words(self, query: str) -> BitMap:
        """Return the outputs with a word that starts with each query word."""
        # The web address of a DOI or of a HAL document is reduced to the identifier.
        query = compact_doi(query) if is_doi(query) else compact_hal(query) if is_hal(query) else query
        asked = [word.removeprefix(f"{FUNCTION}_") for word in asked_words(query)]
        words = list(dict.fromkeys(asked))[:MAX_WORDS]
        if not words:
            return self.sets.everything
        # In scripts without spaces between words, a word may be anywhere in the text.
        return self.sets.with_all([word if is_unspaced(word) else f" {word}" for word in words])

    @cached_property
    def _with_words(self) -> BitMap:
        return self.with_words(self.query)

    def pks(self, start: int, stop: int) -> list[int]:
        return list(self.sets.page(self.found, start, stop))

    def page(self, start: int, stop: int) -> list[Row]:
        return rows_of(self.pks(start, stop))
