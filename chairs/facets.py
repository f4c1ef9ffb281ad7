"""The filters of the lists of chairs and of activities."""

from django.utils.translation import gettext_lazy as _

from chairs.enums import PUBLIC_STATUS_LABELS
from chairs.models import ChairKind, Discipline
from clusters.facets import CLUSTER, THEME, RecordFacet
from clusters.models import Institution, Phase
from core.facets import Choice, Facet, YesFacet


class PhaseFacet(RecordFacet):
    """The programme's phases, the latest first, then `all`. The list opens on the current phase."""

    ALL = "all"

    def _records(self):
        return Phase.objects.all()

    def _every(self):
        yield from super()._every()
        yield Choice(self.ALL, _("Every phase"), self.ALL)


class StatusFacet(Facet):
    """The status of a chair, in the public's words."""

    def _every(self):
        return (Choice(str(status.value), label, status.value) for status, label in PUBLIC_STATUS_LABELS.items())


CHAIR_FACETS = (
    PhaseFacet("phase", _("Phase"), Phase, "name"),
    CLUSTER,
    # Whether a partner can propose to fund research now.
    YesFacet("open", _("Sponsors"), _("Open to sponsors")),
    RecordFacet("kind", _("Kind of chair"), ChairKind, "name"),
    THEME,
    RecordFacet("institution", _("Institution"), Institution),
    RecordFacet("discipline", _("Discipline"), Discipline, "name"),
    StatusFacet("status", _("Status")),
)
OPPORTUNITY_FACETS = (CLUSTER, THEME)
