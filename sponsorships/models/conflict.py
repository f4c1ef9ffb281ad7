from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.model_fields import acted_for
from core.transitions import NOTE_MAX_LENGTH
from sponsorships.enums import ConflictKind
from sponsorships.models.sponsorship import Sponsorship


class ConflictResolution(models.Model):
    """The written resolution of a conflict, for the facts at that time. It never changes; new facts need a new one."""

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="resolutions", verbose_name=_("sponsorship")
    )
    kind = models.CharField(_("conflict"), max_length=20, choices=ConflictKind)
    facts = models.CharField(_("fingerprint of the facts"), max_length=64)
    conflict = models.TextField(_("what the conflict was"))
    text = models.TextField(_("resolution"), max_length=NOTE_MAX_LENGTH)
    # PROTECT, for traceability and accountability.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("resolution of a conflict")
        verbose_name_plural = _("resolutions of conflicts")
        ordering = ["sponsorship", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsorship", "kind", "facts"],
                name="sponsorships_resolution_once",
                violation_error_message=_("This conflict has already been resolved."),
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="sponsorships_resolution_says_something",
                violation_error_message=_("Write how the conflict is resolved."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.sponsorship})"
