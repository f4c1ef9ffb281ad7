from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.model_fields import acted_for
from core.transitions import NOTE_MAX_LENGTH
from sponsorships.models.sponsorship import Sponsorship
from sponsorships.models.sponsorship_transition import SponsorshipTransition

DOCUMENTS = "documents"
# The fields of a proposal, in the order of the form: a submission keeps them, and staff can ask to change each.
PROPOSED_FIELDS = (
    "activity",
    "proposal",
    "purpose",
    "regime",
    "is_cifre",
    "cash_amount",
    "in_kind_amount",
    "skills_amount",
    "in_kind_description",
    "starts_on",
    "ends_on",
    "is_exclusive",
    "signatory",
    "confidentiality",
)


def label_of(field: str) -> str:
    """Return the form's label of a part of a proposal."""
    if field == DOCUMENTS:
        return str(_("supporting documents"))
    return str(Sponsorship._meta.get_field(field).verbose_name)


class SponsorshipSubmission(models.Model):
    """A proposal as it was sent, for staff to compare with the next version. Never changed or deleted."""

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("sponsorship")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    at = models.DateTimeField(_("sent at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    on_behalf_of = acted_for("by")
    data = models.JSONField(_("what was sent"))

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["sponsorship", "number"]
        constraints = [models.UniqueConstraint(fields=["sponsorship", "number"], name="sponsorships_submission_number")]

    def __str__(self):
        return f"{self.sponsorship} ({self.number})"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A submission is evidence: it is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A submission is evidence: it is never deleted.")


class FieldRemark(models.Model):
    """What staff ask about one field of a proposal when they send it back."""

    transition = models.ForeignKey(
        SponsorshipTransition, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("request")
    )
    field = models.CharField(_("part of the proposal"), max_length=30)
    text = models.TextField(_("remark"), max_length=NOTE_MAX_LENGTH)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["transition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["transition", "field"], name="sponsorships_remark_once_a_field"),
            models.CheckConstraint(
                condition=models.Q(field__in=[*PROPOSED_FIELDS, DOCUMENTS]), name="sponsorships_remark_known_field"
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.text})"

    @property
    def label(self) -> str:
        return label_of(self.field)
