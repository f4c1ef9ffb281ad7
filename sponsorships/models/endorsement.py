from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.transitions import NOTE_MAX_LENGTH
from sponsorships.models.sponsorship import Sponsorship


class EndorsementQuerySet(models.QuerySet):
    def standing(self):
        """Return endorsements that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Endorsement(models.Model):
    """An investigator's statement that a proposal is welcome. Staff read it; it decides nothing."""

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="endorsements", verbose_name=_("sponsorship")
    )
    # PROTECT, for traceability and accountability.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("endorsed by")
    )
    at = models.DateTimeField(_("endorsed at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True, max_length=NOTE_MAX_LENGTH)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsorship", "by"],
                condition=Q(withdrawn_at=None),
                name="sponsorships_endorsement_once",
                violation_error_message=_("This person has already endorsed the proposal."),
            )
        ]

    def __str__(self):
        return f"{self.by}, {self.sponsorship}"
