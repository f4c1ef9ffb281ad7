from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.model_fields import DayField, done_by
from portal.enums import ReminderKind


class Reminder(models.Model):
    """Records that somebody was reminded of something, one row per step, so that nobody is reminded twice."""

    kind = models.CharField(_("of what"), max_length=20, choices=ReminderKind)
    # A sponsorship, an agreement, an instalment or a chair, by the kind.
    record = models.PositiveBigIntegerField(_("record"))
    # The same proposal may wait again, an invoice be made anew: each time counts its own steps.
    since = DayField(_("counted from"))
    step = models.SmallIntegerField(_("step"), help_text=_("In days; negative before the date."))
    user = models.ForeignKey(
        # Evidence of who was told what, as the outbox is.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("account"),
    )
    sent_at = models.DateTimeField(_("reminded at"), default=timezone.now)
    # Who of the staff sent it by hand; nobody did where it left by its day. Only the panel shows it.
    by = done_by(_("sent by"))

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
