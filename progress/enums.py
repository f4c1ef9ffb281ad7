from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportStatus(models.TextChoices):
    """The status of a progress report."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    SENT_BACK = "sent_back", _("Sent back")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")
