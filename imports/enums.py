from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportStatus(models.TextChoices):
    """The status of an import, from its upload until it is entered or discarded."""

    CHECKING = "checking", _("Being checked")
    UNREADABLE = "unreadable", _("Cannot be read")
    TO_CORRECT = "to_correct", _("To be corrected")
    READY = "ready", _("Ready to be entered")
    ENTERING = "entering", _("Being entered")
    ENTERED = "entered", _("Entered")
    DISCARDED = "discarded", _("Discarded")


# A task worker is running: the page shows its progress.
RUNNING = (ImportStatus.CHECKING, ImportStatus.ENTERING)


class Outcome(models.TextChoices):
    """The outcome of one line."""

    REFUSED = "refused", pgettext_lazy("line", "Refused")
    WAITING = "waiting", _("Waits for another line")
    CREATED = "created", pgettext_lazy("line", "New")
    CHANGED = "changed", pgettext_lazy("line", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("line", "Unchanged")


# A line with one of these keeps the whole import from being entered.
NOT_ENTERED = (Outcome.REFUSED, Outcome.WAITING)


class FileType(models.TextChoices):
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    PDF = "pdf", "PDF"
