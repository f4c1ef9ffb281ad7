"""The public list of outputs, narrowed by words, cluster, kind and year."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from chairs.cards.outputs import TABLE, outputs
from chairs.enums import OutputKind
from chairs.facets import CLUSTER, Choice, Facet
from chairs.listing import Listing
from chairs.models import Output
from core.identifiers import compact_doi, compact_hal, is_doi, is_hal
from core.prepared import Prepared
from core.primary_keys import any_given, as_one
from core.text import is_unspaced
from core.tokenizer import FUNCTION, asked_words

# Each word narrows what is found; more than anybody types are not looked for.
MAX_WORDS = 10
# What an entry shows (chairs/outputs/entries.py), and in which chair it is.
SHOWN = (
    *("kind", "title", "authors", "venue", "year", "language", "doi", "hal_id", "url", "origin"),
    *("chair__slug", "chair__title_en", "chair__title_fr", "chair__cluster__slug", "chair__cluster__name"),
    "chair__cluster__acronym",
)


class KindFacet(Facet):
    def _every(self) -> Iterator[Choice]:
        return (Choice(str(kind.value), str(kind.label), kind.value) for kind in OutputKind)


class YearFacet(Facet):
    """The years in which something came out, the latest first."""

    tables = (TABLE,)

    def _every(self) -> Iterator[Choice]:
        years = (
            Output.objects.confirmed().exclude(year=None).order_by("-year").values_list("year", flat=True).distinct()
        )
        return (Choice(str(year), str(year), year) for year in years)


class OutputListing(Listing):
    """Publications, software and data sets of published chairs."""

    facets = (CLUSTER, KindFacet("kind", gettext_lazy("Kind")), YearFacet("year", gettext_lazy("Year")))

    def everything(self) -> Any:
        return Output.objects.published()

    @cached_property
    def sets(self) -> Any:
        return outputs(self.directory)

    def with_words(self, query: str) -> BitMap:
        """Return the outputs that have every word of a query, by its first letters."""
        # An address of a DOI or of HAL is looked for by what it leads to.
        query = compact_doi(query) if is_doi(query) else compact_hal(query) if is_hal(query) else query
        asked = [word.removeprefix(f"{FUNCTION}_") for word in asked_words(query)]
        words = list(dict.fromkeys(asked))[:MAX_WORDS]
        if not words:
            return self.sets.everything
        found = Output.objects.confirmed().order_by()
        for word in words:
            # Where words are not spaced, one may stand anywhere.
            found = found.filter(search_key__contains=word if is_unspaced(word) else f" {word}")
        return BitMap(found.values_list("pk", flat=True)) & self.sets.everything

    @cached_property
    def _with_words(self) -> BitMap:
        return self.with_words(self.query)

    def page(self, start: int, stop: int) -> list[Output]:
        pks = self.sets.page(self.found, start, stop)
        found = {output.pk: output for output in _outputs(pks=as_one(pks))}
        return [found[pk] for pk in pks if pk in found]


@Prepared
def _outputs() -> Any:
    records = Output.objects.filter(pk__in=any_given("pks")).order_by()
    return records.select_related("chair__cluster").only(*SHOWN)
