from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sponsorships.enums import Contribution, EntryKind


class Measure(models.TextChoices):
    """A figure: the sum of some kinds of entry of one contribution (docs/figures.md). No two of them add up."""

    ASKED = "asked", _("Asked")
    PENDING = "pending", _("Pending")
    AGREED = "agreed", _("Agreed")
    INVOICED = "invoiced", _("Invoiced or called")
    RECEIVED = "received", _("Received")
    OVERPAID = "overpaid", _("Overpayment")
    WRITTEN_OFF = "written_off", _("Written off")
    IN_KIND_AGREED = "in_kind_agreed", _("In kind, agreed")
    IN_KIND_RECEIVED = "in_kind_received", _("In kind, received")
    SKILLS_AGREED = "skills_agreed", _("Skills, agreed")
    SKILLS_RECEIVED = "skills_received", _("Skills, received")

    @property
    def counted(self) -> Q:
        """The entries that it adds up."""
        kinds, contribution = COUNTED[self]
        return Q(kind__in=kinds, contribution=contribution)

    @classmethod
    def of(cls, kind: str, contribution: str) -> "Measure | None":
        """Return the figure that counts an entry; none counts what is asked or pending in kind or skills."""
        return _MEASURES.get((kind, contribution))


COUNTED = {
    Measure.ASKED: ((EntryKind.ASKED,), Contribution.CASH),
    Measure.PENDING: ((EntryKind.PENDING,), Contribution.CASH),
    Measure.AGREED: ((EntryKind.AGREED,), Contribution.CASH),
    Measure.INVOICED: ((EntryKind.INVOICED,), Contribution.CASH),
    Measure.RECEIVED: ((EntryKind.RECEIVED,), Contribution.CASH),
    # Owed to the partner until it is refunded, so it does not count as received.
    Measure.OVERPAID: ((EntryKind.OVERPAID,), Contribution.CASH),
    Measure.WRITTEN_OFF: ((EntryKind.WRITTEN_OFF,), Contribution.CASH),
    Measure.IN_KIND_AGREED: ((EntryKind.AGREED,), Contribution.IN_KIND),
    Measure.IN_KIND_RECEIVED: ((EntryKind.RECEIVED,), Contribution.IN_KIND),
    Measure.SKILLS_AGREED: ((EntryKind.AGREED,), Contribution.SKILLS),
    Measure.SKILLS_RECEIVED: ((EntryKind.RECEIVED,), Contribution.SKILLS),
}
_MEASURES = {(kind, contribution): measure for measure, (kinds, contribution) in COUNTED.items() for kind in kinds}

CASH = (
    Measure.ASKED,
    Measure.PENDING,
    Measure.AGREED,
    Measure.INVOICED,
    Measure.RECEIVED,
    Measure.OVERPAID,
    Measure.WRITTEN_OFF,
)
OTHERWISE = (
    Measure.IN_KIND_AGREED,
    Measure.IN_KIND_RECEIVED,
    Measure.SKILLS_AGREED,
    Measure.SKILLS_RECEIVED,
)
# What a partner that publishes its amount publishes: not what it first asked, nor what it failed to pay.
PUBLIC = (Measure.AGREED, Measure.RECEIVED, *OTHERWISE)


class Grouping(models.TextChoices):
    """What sums can be grouped by."""

    CLUSTER = "cluster", _("Cluster")
    CHAIR = "chair", _("Chair")
    PARTNER = "partner", _("Partner")
    ACTIVITY = "activity", _("Activity")
    QUARTER = "quarter", _("Quarter")
    STATUS = "status", _("Status")


class Made(models.TextChoices):
    """Whether a figure counts made-up records."""

    NO = "no", _("no")
    PARTLY = "partly", _("in part")
    YES = "yes", _("yes")
