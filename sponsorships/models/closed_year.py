from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from core.dates import FIRST_YEAR, LAST_YEAR
from core.model_fields import acted_for, done_by
from core.transitions import NOTE_MAX_LENGTH
from sponsorships.models.sponsorship import Sponsorship


class ClosedYearQuerySet(models.QuerySet["ClosedYear"]):
    def standing(self) -> Self:
        """Return the years that are closed, without those opened again."""
        return self.filter(reopened_at=None)


class ClosedYear(models.Model):
    """A year that a cluster has closed: a new ledger entry in it needs the coordinator's leave, with a reason.

    A year that is opened and closed again has a new row. `sponsorships.accounting.closed_years` has the rules.
    """

    # PROTECT: who closed the year stays on record.
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="closed_years", verbose_name=_("cluster")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    closed_at = models.DateTimeField(_("closed at"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("closed by")
    )
    closed_for = acted_for("closed_by")
    note = models.TextField(_("note"), blank=True, max_length=NOTE_MAX_LENGTH)
    reopened_at = models.DateTimeField(_("opened again at"), null=True, blank=True)
    reopened_by = done_by(_("opened again by"))
    reopened_for = acted_for("reopened_by")
    reopened_because = models.TextField(_("why it was opened again"), blank=True, max_length=NOTE_MAX_LENGTH)

    objects = ClosedYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        ordering = ["cluster", "-year", "-closed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "year"],
                condition=Q(reopened_at=None),
                name="sponsorships_closed_year_once",
                violation_error_message=_("This year is already closed."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="sponsorships_closed_year_of_ours"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reopened_because="")
                | (Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopened_because="")),
                name="sponsorships_closed_year_reopened_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.cluster}, {self.year}"


class LateEntry(models.Model):
    """The coordinator's leave, with its reason, for one act on a sponsorship to count in a closed year.

    The entries made with it carry the same `act` UUID; they have no column for it.
    """

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="late_entries", verbose_name=_("sponsorship")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    reason = models.TextField(_("reason"), max_length=NOTE_MAX_LENGTH)
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("allowed by")
    )
    on_behalf_of = acted_for("allowed_by")
    allowed_at = models.DateTimeField(_("allowed at"), default=timezone.now)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    act = models.UUIDField(_("act"), null=True, blank=True)

    class Meta:
        verbose_name = _("late entry")
        verbose_name_plural = _("late entries")
        ordering = ["sponsorship", "allowed_at"]
        indexes = [models.Index(fields=["act"], name="sponsorships_late_entry_act")]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsorship", "year"],
                condition=Q(used_at=None),
                name="sponsorships_late_entry_one_at_a_time",
                violation_error_message=_("One late act is already allowed here, and has not been used."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sponsorships_late_entry_says_why"),
            models.CheckConstraint(
                condition=Q(used_at=None, act=None) | Q(used_at__isnull=False, act__isnull=False),
                name="sponsorships_late_entry_used_by_an_act",
            ),
        ]

    def __str__(self):
        return f"{self.sponsorship}, {self.year}"
