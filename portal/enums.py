from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderKind(models.TextChoices):
    """What a reminder is about (see `portal.reminders.due`)."""

    ANSWER = "answer", _("an answer about a proposal")
    SIGN = "sign", _("an agreement to sign")
    COUNTERSIGN = "countersign", _("an agreement to countersign")
    PAYABLE = "payable", _("a payment that is soon due")
    OVERDUE = "overdue", _("a payment that is overdue")
    CHAIR_ENDS = "chair_ends", _("a chair that ends soon")
    REPORT_DUE = "report_due", _("a report that a payment waits for")
    REPORT_BACK = "report_back", _("a report that was sent back")
    REPORT_READ = "report_read", _("a report to accept or send back")
    YEAR_DUE = "year_due", _("a chair’s yearly report")
    YEAR_BACK = "year_back", _("a yearly report that was sent back")
    YEAR_READ = "year_read", _("a yearly report to accept or send back")
