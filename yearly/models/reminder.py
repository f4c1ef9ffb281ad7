from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.models import Chair
from clusters.models.cluster import YEAR_VALIDATORS
from core.model_fields import acted_for, done_by


class ReportReminder(models.Model):
    """A reminder that staff sent to a chair's investigators of its yearly report. Automatic ones are in `portal.Reminder`."""

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="report_reminders", verbose_name=_("chair"))
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR_VALIDATORS)
    by = done_by(_("reminded by"))
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("reminded at"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder of a yearly report")
        verbose_name_plural = _("reminders of yearly reports")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["year", "chair"], name="yearly_reminder_of_chair")]

    def __str__(self):
        return f"{self.chair}, {self.year}"
