from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sponsorships.enums import Contribution, EntryKind


class Measure(models.TextChoices):
    """A figure: the sum of certain kinds of entry of one contribution (docs/figures.md). No two measures add up."""

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
        """The condition on the entries that it adds up."""
        kinds, contribution = COUNTED[self]
        return Q(kind__in=kinds, contribution=contribution)

    @classmethod
    def of(cls, kind: str, contribution: str) -> "Measure | None":
        """Return the measure of an entry; None for what is asked or pending in kind or in skills."""
        return _MEASURES.get((kind, contribution))


COUNTED = {
    Measure.ASKED: ((EntryKind.ASKED,), Contribution.CASH),
    Measure.PENDING: ((EntryKind.PENDING,), Contribution.CASH),
    Measure.AGREED: ((EntryKind.AGREED,), Contribution.CASH),
    Measure.INVOICED: ((EntryKind.INVOICED,), Contribution.CASH),
    Measure.RECEIVED: ((EntryKind.RECEIVED,), Contribution.CASH),
    # An overpayment is owed to the partner until it is refunded, so it does not count as received.
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
# What a partner that publishes its amount makes public: not what it first proposed, nor what it did not pay.
PUBLIC = (Measure.AGREED, Measure.RECEIVED, *OTHERWISE)


class Grouping(models.TextChoices):
    """The groupings of sums."""

    CLUSTER = "cluster", _("Cluster")
    CHAIR = "chair", _("Chair")
    PARTNER = "partner", _("Partner")
    ACTIVITY = "activity", _("Activity")
    QUARTER = "quarter", _("Quarter")
    STATUS = "status", _("Status")


class Made(models.TextChoices):
    """Whether a figure includes made-up records."""

    NO = "no", _("no")
    PARTLY = "partly", _("in part")
    YES = "yes", _("yes")
