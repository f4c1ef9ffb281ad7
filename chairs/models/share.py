import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.models.chair import Chair
from clusters.models import Cluster
from core.model_fields import acted_for, done_by
from core.money import percent

MIN_SHARE = Decimal("0.01")

WHOLE = Decimal("100.00")
# Each cluster's share of a chair, by the cluster's key: percentages, or euros.
Shares = dict[int, Decimal]


class ClusterShareQuerySet(models.QuerySet):
    def not_agreed(self):
        return self.filter(agreed_at=None)

    def in_force(self, on: datetime.date | None = None) -> dict[int, Shares]:
        """Return each chair's shares in force on a date (today by default): all agreed by then, adding up to 100 %."""
        return in_force(self.order_by("chair", "pk"), on)

    def agreed(self) -> dict[int, tuple[Shares, datetime.date]]:
        """Return each chair's percentages and the day of the last agreement, where all agreed and the sum is 100 %."""
        return agreed(self.order_by("chair", "pk"))


def in_force(rows: "Iterable[ClusterShare]", on: datetime.date | None = None) -> dict[int, Shares]:
    """Return what `ClusterShareQuerySet.in_force` does, from rows in memory that hold all shares of each chair."""
    on = on or timezone.localdate()
    return {pk: shares for pk, (shares, since) in agreed(rows).items() if since <= on}


def agreed(rows: "Iterable[ClusterShare]") -> dict[int, tuple[Shares, datetime.date]]:
    """Return what `ClusterShareQuerySet.agreed` does, from rows in memory that hold all shares of each chair."""
    found: dict[int, Shares] = {}
    since: dict[int, datetime.date] = {}
    for share in rows:
        found.setdefault(share.chair_id, {})[share.cluster_id] = share.percent
        day = timezone.localdate(share.agreed_at) if share.agreed_at else datetime.date.max
        since[share.chair_id] = max(since.get(share.chair_id, day), day)
    return {
        pk: (shares, since[pk])
        for pk, shares in found.items()
        if since[pk] != datetime.date.max and sum(shares.values()) == WHOLE
    }


class ClusterShare(models.Model):
    """The share of a chair that one of several clusters funds. A chair without shares belongs to its own cluster alone.

    The shares of a chair, including its own cluster's, add up to 100 %; `chairs.shares` has the rules.
    """

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="shares", verbose_name=_("chair"))
    # Sums of money depend on it: a cluster that funds a chair cannot be deleted.
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="chair_shares", verbose_name=_("cluster")
    )
    percent = models.DecimalField(
        _("share (%)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(MIN_SHARE), MaxValueValidator(WHOLE)],
        help_text=_("The shares of all clusters, this chair’s own among them, add up to 100."),
    )
    # Who agreed for the cluster stays on record.
    agreed_by = done_by(_("agreed by"))
    on_behalf_of = acted_for("agreed_by")
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True, editable=False)

    objects = ClusterShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster’s share")
        verbose_name_plural = _("clusters’ shares")
        ordering = ["chair", "-percent", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chair", "cluster"],
                name="chairs_share_once",
                violation_error_message=_("This cluster already has a share of the chair."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=MIN_SHARE) & Q(percent__lte=WHOLE),
                name="chairs_share_part_of_a_whole",
                violation_error_message=_("A share must be more than 0% and at most 100%."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None) | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="chairs_share_agreed_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.cluster} ({self.stated})"

    def save(self, *args, **kwargs):
        """Save, and clear the agreement if the percentage has changed."""
        stands = type(self).objects.filter(pk=self.pk, cluster=self.cluster_id, percent=self.percent).exists()
        if self.pk and not stands:
            self.agreed_by = self.on_behalf_of = self.agreed_at = None
        super().save(*args, **kwargs)

    @property
    def stated(self) -> str:
        return percent(self.percent)
