import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.at_address(email).get()

    def at_address(self, email: str):
        """Return a queryset of the account at an address, empty or of one.

        The database's case folding would also match ı with i.
        """
        return self.alias(address=Lower("email")).filter(address=email.strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Create a person's account. Raise ValueError without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Create the account that installs a site: it sees everything and may do everything but verbs."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class MailRhythm(models.TextChoices):
    """How somebody wishes to receive mails that are not legal notices."""

    AT_ONCE = "at_once", _("Each e-mail at once")
    DAILY = "daily", _("One e-mail a day with everything new")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail. What they may do comes from their roles and contacts, not from here."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={
            "unique": _("An account with this e-mail address already exists."),
        },
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("As it should appear in e-mails and timelines."))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="fr",
        help_text=_("E-mails are written in this language."),
    )
    mail_rhythm = models.CharField(
        _("e-mails"),
        max_length=10,
        choices=MailRhythm,
        default=MailRhythm.AT_ONCE,
        help_text=_("What concerns signatures, invoices and payments always comes at once."),
    )
    is_staff = models.BooleanField(
        _("opens the admin panel"),
        default=False,
        help_text=_("Opens the admin panel and decides nothing else: what a person sees there comes from roles."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Untick instead of deleting: records keep the name of who acted."),
    )
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("An account with this e-mail address already exists."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


# How long a worker may hold a mail. After that another worker takes it: the first one has died.
LEASE = timedelta(minutes=5)
# After this many failures a mail waits for a person.
MAX_ATTEMPTS = 6


class MailState(models.TextChoices):
    """The state of a mail. It is not stored: it follows from what happened to the mail."""

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
        """Mails that are not sent, not given up, not kept for a digest, and not held by a living worker.

        An account closed since the mail was written gets nothing any more, and an expired code would only mislead.
        """
        at = at or timezone.now()
        waiting = self.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS, is_for_digest=False)
        current = waiting.exclude(leased_until__gt=at).exclude(secret_until__lte=at)
        return current.exclude(recipient__is_active=False)

    def with_worn_out_secret(self, at: datetime | None = None) -> Self:
        """Mails, sent or not, that still hold an expired code or link."""
        return self.filter(secret_until__lte=at or timezone.now()).exclude(text="")

    def kept_for_digest(self):
        """Mails that wait for their reader's next daily mail."""
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
                # A worker took it and never said how it went: the mail server may have it or not.
                When(~Q(leased_until__gt=at), attempts__gt=0, last_error="", then=Value(MailState.UNKNOWN)),
                When(attempts__gte=MAX_ATTEMPTS, then=Value(MailState.FAILED)),
                default=Value(MailState.WAITING),
                output_field=models.CharField(),
            )
        )


class OutgoingMail(models.Model):
    """A mail to be sent, written in the transaction that caused it.

    The Message-ID never changes, so that a mail sent twice after a crash can be told as one.
    """

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        # The outbox is evidence of who was told what: it outlives any wish to delete an account.
        User,
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
        # Indexes the few mails that still hold a secret to erase.
        indexes = [
            models.Index(
                fields=["secret_until"],
                name="accounts_mail_secret",
                condition=Q(secret_until__isnull=False) & ~Q(text=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="") | (Q(recipient=None) & ~Q(address="")),
                name="accounts_mail_has_one_reader",
                violation_error_message=_("An e-mail goes to an account or to an address, one of the two."),
            )
        ]

    def __str__(self):
        return self.subject

    @property
    def to(self) -> str:
        """The address that the mail goes to now."""
        return self.recipient.email if self.recipient else self.address


class Heartbeat(models.Model):
    """The last sign of life of what works in the background: one row for all task workers, one for the nightly work."""

    WORKERS, NIGHTLY = 1, 2

    seen_at = models.DateTimeField()

    def __str__(self):
        return f"{self.seen_at:%Y-%m-%d %H:%M}"

    @classmethod
    def leave(cls, key: int) -> None:
        cls.objects.update_or_create(pk=key, defaults={"seen_at": timezone.now()})

    @classmethod
    def last(cls, key: int) -> datetime | None:
        """Return when the last sign was left, or nothing before the first."""
        return cls.objects.filter(pk=key).values_list("seen_at", flat=True).first()
