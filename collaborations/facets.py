"""The filters of the list of collaborations."""

from collections.abc import Iterator

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.facets import CLUSTER
from collaborations.countries import countries_by_name
from collaborations.enums import CollaborationKind
from collaborations.listed import NOWHERE
from core.dates import FIRST_YEAR, LAST_YEAR
from core.facets import Choice, ChoicesFacet, Facet


class CountryFacet(Facet):
    """Countries by ISO 3166-1 code, in order of name; last, collaborations without a stated country."""

    def _every(self) -> Iterator[Choice]:
        for code, name in countries_by_name():
            yield Choice(code, name, code)
        yield Choice(NOWHERE, _t("Not stated"), NOWHERE)

    def _found_otherwise(self, values, known):
        return {value: known.by_value[value.upper()] for value in values if value.upper() in known.by_value}


class YearFacet(Facet):
    """The years in which a collaboration is under way, the latest first; an intention is in none."""

    def _every(self) -> Iterator[Choice]:
        return (Choice(str(year), str(year), year) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1))


FACETS = (
    ChoicesFacet("kind", _("Kind"), CollaborationKind),
    CLUSTER,
    CountryFacet("country", _("Country")),
    YearFacet("year", _("Year")),
)
