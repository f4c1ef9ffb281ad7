from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import site_languages
from core.model_fields import acted_for
from core.models.mail import OutgoingMail

BODY_MAX_LENGTH = 5000


class MailWording(models.Model):
    """The coordination's own text for one of the site's mails, in one language. Without it the site's text is sent."""

    occasion = models.CharField(_("occasion"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=site_languages)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=BODY_MAX_LENGTH)
    by = models.ForeignKey(
        # The record of who changed the site's texts is kept.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    on_behalf_of = acted_for("by")
    at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("wording of an e-mail")
        verbose_name_plural = _("wordings of e-mails")
        ordering = ["occasion", "language"]
        constraints = [models.UniqueConstraint(fields=["occasion", "language"], name="core_mailwording_once")]

    def __str__(self):
        return f"{self.occasion} ({self.language})"


class MailSubject(models.Model):
    """A link from a mail to a record and its cluster, by which managers find the mails about their records."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="subjects", verbose_name=_("e-mail"))
    kind = models.CharField(_("kind of record"), max_length=60)
    record = models.PositiveBigIntegerField(_("record"))
    # A plain key: this app does not know clusters.
    cluster = models.PositiveBigIntegerField(_("cluster"))

    class Meta:
        verbose_name = _("subject of an e-mail")
        verbose_name_plural = _("subjects of e-mails")
        indexes = [
            models.Index(fields=["kind", "record"], name="core_mailsubject_record"),
            models.Index(fields=["cluster", "mail"], name="core_mailsubject_cluster"),
        ]

    def __str__(self):
        return f"{self.kind} {self.record}"
