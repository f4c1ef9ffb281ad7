from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportStatus(models.TextChoices):
    """Where an import stands, from its upload to its last line."""

    CHECKING = "checking", _("Being checked")
    UNREADABLE = "unreadable", _("Cannot be read")
    TO_CORRECT = "to_correct", _("To be corrected")
    READY = "ready", _("Ready to be entered")
    ENTERING = "entering", _("Being entered")
    ENTERED = "entered", _("Entered")
    DISCARDED = "discarded", _("Discarded")


# The task worker is at it: the page shows how far it is.
RUNNING = (ImportStatus.CHECKING, ImportStatus.ENTERING)


class Outcome(models.TextChoices):
    """What an import makes of one line."""

    REFUSED = "refused", pgettext_lazy("line", "Refused")
    WAITING = "waiting", _("Waits for another line")
    CREATED = "created", pgettext_lazy("line", "New")
    CHANGED = "changed", pgettext_lazy("line", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("line", "Unchanged")


# These keep the whole file out.
NOT_ENTERED = (Outcome.REFUSED, Outcome.WAITING)


class FileType(models.TextChoices):
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    PDF = "pdf", "PDF"
