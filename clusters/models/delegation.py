import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.models.cluster import Cluster
from core.model_fields import DayField


class DelegationQuerySet(models.QuerySet):
    def running(self, on: datetime.date | None = None):
        """Return the delegations in force on a day (today by default): running, not taken back, by an active account."""
        on = on or timezone.localdate()
        return self.filter(ended_at=None, starts_on__lte=on, ends_on__gte=on, delegator__is_active=True)

    def standing(self, on: datetime.date | None = None):
        """Return the delegations that are in force on a day or begin later."""
        return self.filter(ended_at=None, ends_on__gte=on or timezone.localdate())


class Delegation(models.Model):
    """A colleague stands in for a member of a cluster's staff between two days; see docs/decisions/delegation.md."""

    cluster = models.ForeignKey(
        Cluster, on_delete=models.CASCADE, related_name="delegations", verbose_name=_("cluster")
    )
    # Both accounts stay on record: who could act for whom, and when.
    delegator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("on behalf of")
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in", verbose_name=_("stand-in")
    )
    starts_on = DayField(_("first day"))
    ends_on = DayField(_("last day"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    ended_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(delegator=F("stand_in")),
                name="clusters_delegation_to_somebody_else",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="clusters_delegation_days_in_order",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self):
        return _t("%(stand_in)s for %(delegator)s") % {"stand_in": self.stand_in, "delegator": self.delegator}
