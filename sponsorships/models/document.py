from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.model_fields import acted_for
from core.models.kept_file import KeptFile
from sponsorships.models.sponsorship import Sponsorship


class SupportingDocumentQuerySet(models.QuerySet):
    def current(self):
        """Return documents that are part of the current proposal."""
        return self.filter(removed_at=None)

    def visible_to(self, user):
        """Return documents of the sponsorships that the user sees, including those sent once and removed since."""
        return self.filter(sponsorship__in=Sponsorship.objects.visible_to(user))


class SupportingDocument(KeptFile):
    """A file that a partner adds to its proposal. Once sent, it stays on record even if it is removed."""

    folder = "sponsorships"

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="documents", verbose_name=_("sponsorship")
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    # PROTECT, for traceability: who added what to a proposal.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    on_behalf_of = acted_for("added_by")
    sent_at = models.DateTimeField(_("first sent at"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = SupportingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("supporting document")
        verbose_name_plural = _("supporting documents")
        ordering = ["added_at", "pk"]
        constraints = [
            # A double click posts the same bytes twice.
            models.UniqueConstraint(
                fields=["sponsorship", "sha256"],
                condition=Q(removed_at=None),
                name="sponsorships_document_once",
                violation_error_message=_("This document has already been added."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(sent_at__isnull=False),
                name="sponsorships_document_kept_once_sent",
                violation_error_message=_("Only a document that was sent is kept once it is removed."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("sponsorships:document", args=[self.sponsorship.reference, self.pk])
