from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.model_fields import DayField, acted_for, done_by
from portal.enums import ReminderKind


class Reminder(models.Model):
    """A reminder that was sent, one row per step, so that nobody is reminded twice of the same step."""

    kind = models.CharField(_("of what"), max_length=20, choices=ReminderKind)
    # Key of a sponsorship, agreement, instalment, chair or report, depending on `kind`.
    record = models.PositiveBigIntegerField(_("record"))
    # A proposal may be sent back again, an invoice be renewed: each time has its own steps.
    since = DayField(_("counted from"))
    step = models.SmallIntegerField(_("step"), help_text=_("In days; negative before the date."))
    user = models.ForeignKey(
        # PROTECT: evidence of who was reminded, like the outbox.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("account"),
    )
    sent_at = models.DateTimeField(_("reminded at"), default=timezone.now)
    # The staff member who sent it by hand; None for the daily run. Only the panel shows it.
    by = done_by(_("sent by"))
    on_behalf_of = acted_for("by")

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "since", "step", "user"], name="portal_reminder_once_a_step"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.user}"
