import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# How long a worker may hold a mail. Then another worker takes it, since the first one must have died.
LEASE = timedelta(minutes=5)
# After this many failures a mail is not tried again until a person asks for it.
MAX_ATTEMPTS = 6


class MailState(models.TextChoices):
    """The state of a mail. It is not stored, but derived from the other columns."""

    WAITING = "waiting", _("Waiting")
    FOR_DIGEST = "for_digest", _("Waiting for the daily e-mail")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    IN_DIGEST = "in_digest", _("Sent within a daily e-mail")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Outcome unknown")
    CLOSED_ACCOUNT = "closed_account", _("Not sent: the account is closed")
    WORN_OUT = "worn_out", _("Not sent: its code or link has expired")


class OutgoingMailQuerySet(models.QuerySet):
    def deliverable(self, at: datetime | None = None) -> Self:
        """Return the mails to send now: not sent, not given up, not kept for a digest, and not held by a worker.

        Mails to a closed account are left out, as are those with an expired code, which would only mislead.
        """
        at = at or timezone.now()
        waiting = self.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS, is_for_digest=False)
        current = waiting.exclude(leased_until__gt=at).exclude(secret_until__lte=at)
        return current.exclude(recipient__is_active=False)

    def with_worn_out_secret(self, at: datetime | None = None) -> Self:
        """Return the mails, sent or not, that still contain an expired code or link."""
        return self.filter(secret_until__lte=at or timezone.now()).exclude(text="")

    def kept_for_digest(self):
        """Return the mails that wait for their recipient's next daily mail."""
        return self.filter(is_for_digest=True, digest=None, sent_at=None)

    def with_state(self, at: datetime | None = None) -> "models.QuerySet[OutgoingMail, Any]":
        """Add `state`, one of `MailState`."""
        at = at or timezone.now()
        return self.annotate(
            state=Case(
                When(sent_at__isnull=False, then=Value(MailState.SENT)),
                When(digest__sent_at__isnull=False, then=Value(MailState.IN_DIGEST)),
                When(recipient__is_active=False, then=Value(MailState.CLOSED_ACCOUNT)),
                When(is_for_digest=True, then=Value(MailState.FOR_DIGEST)),
                When(secret_until__lte=at, then=Value(MailState.WORN_OUT)),
                # A worker took it and did not report back: the mail server may have it or not.
                When(~Q(leased_until__gt=at), attempts__gt=0, last_error="", then=Value(MailState.UNKNOWN)),
                When(attempts__gte=MAX_ATTEMPTS, then=Value(MailState.FAILED)),
                default=Value(MailState.WAITING),
                output_field=models.CharField(),
            )
        )


class OutgoingMail(models.Model):
    """A mail to be sent, written in the transaction that caused it.

    The Message-ID never changes, so that mail programs recognise a mail that a crash made go out twice.
    """

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        # The outbox proves who was told what, so accounts with mails cannot be deleted.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("recipient"),
    )
    address = models.EmailField(
        _("address without an account"),
        blank=True,
        help_text=_("Where the reader has no account. An account's own address is looked up when the e-mail leaves."),
    )
    occasion = models.CharField(_("occasion"), max_length=60)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    secret_until = models.DateTimeField(
        _("holds a secret until"),
        null=True,
        blank=True,
        help_text=_("Until then it gives access. The text is erased once it has been sent or has expired."),
    )
    unsubscribe_url = models.CharField(
        _("where its reader refuses more"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("Of letters that are not about their reader's own file."),
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    leased_until = models.DateTimeField(_("held by a worker until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    is_for_digest = models.BooleanField(
        _("kept for the daily e-mail"), default=False, help_text=_("It is sent in the daily e-mail, never on its own.")
    )
    digest = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contents",
        verbose_name=_("daily e-mail that it is in"),
    )

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing e-mail")
        verbose_name_plural = _("outgoing e-mails")
        ordering = ["-created_at", "-pk"]
        # Only the few mails that still contain a secret to erase.
        indexes = [
            models.Index(
                fields=["secret_until"],
                name="core_mail_secret",
                condition=Q(secret_until__isnull=False) & ~Q(text=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="") | (Q(recipient=None) & ~Q(address="")),
                name="core_mail_has_one_reader",
                violation_error_message=_("An e-mail goes to an account or to an address, one of the two."),
            )
        ]

    def __str__(self):
        return self.subject

    @property
    def to(self) -> str:
        """The address that the mail goes to now."""
        return self.recipient.email if self.recipient else self.address
