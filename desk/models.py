from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.models import Cluster
from core.model_fields import acted_for

NOTE_MAX_LENGTH = 2000


class AboutRecord(models.Model):
    """Base of what staff write about a record of a cluster; the record may be of any kind in `desk.subjects`."""

    kind = models.CharField(_("kind of record"), max_length=60)
    record = models.PositiveBigIntegerField(_("record"))
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="+", verbose_name=_("cluster"))
    by = models.ForeignKey(
        # PROTECT, for traceability and accountability.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        abstract = True


class Assignment(AboutRecord):
    """Who holds a task: they took it over, or a colleague assigned it to them."""

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("held by")
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="desk_assignment_one_holder")]

    def __str__(self):
        return f"{self.kind} {self.record}, {self.holder}"


class TaskNote(AboutRecord):
    """A note on a record, which only staff of its cluster and national staff read."""

    text = models.TextField(_("note"), max_length=NOTE_MAX_LENGTH)

    class Meta:
        verbose_name = _("note of the staff")
        verbose_name_plural = _("notes of the staff")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "record"], name="desk_tasknote_record")]

    def __str__(self):
        return self.text


class LastLook(models.Model):
    """When a user last marked the changes as seen."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("account"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("last look")
        verbose_name_plural = _("last looks")

    def __str__(self):
        return str(self.user)


class CalendarAddress(models.Model):
    """The secret address of a user's calendar: whoever knows it can read the events, until it is revoked."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("account"))
    token = models.CharField(_("token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self):
        return str(self.user)
