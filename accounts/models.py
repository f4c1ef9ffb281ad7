import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

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


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail. What they may do comes from their roles and contacts, not from here."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={
            "unique": _("An account with this e-mail address already exists."),
        },
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("As it should stand in mails and timelines."))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="fr",
        help_text=_("Mails are written in this language."),
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


# A worker that dies holds its mail this long; then another takes it.
LEASE = timedelta(minutes=5)
# After this many failures a mail waits for a person.
MAX_ATTEMPTS = 6


class MailOutcome(models.TextChoices):
    """How the sending of a mail stands, as far as the site can know."""

    WAITING = "waiting", _("waiting")
    LEAVING = "leaving", _("being sent")
    SENT = "sent", _("handed to the mail server")
    FAILED = "failed", _("failed, will be tried again")
    UNKNOWN = "unknown", _("not known: the worker stopped while it left; it will be sent again")
    GIVEN_UP = "given_up", _("given up")


class OutgoingMailQuerySet(models.QuerySet):
    def deliverable(self, at=None):
        """Mails that are not sent, not given up, and not held by a living worker."""
        at = at or timezone.now()
        return self.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS).exclude(leased_until__gt=at)


class OutgoingMail(models.Model):
    """A mail that the site owes somebody, written in the transaction that caused it.

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
        help_text=_("Where the reader has no account. An account's own address is looked up when the mail leaves."),
    )
    occasion = models.CharField(_("occasion"), max_length=60)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    leased_until = models.DateTimeField(_("held by a worker until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="") | (Q(recipient=None) & ~Q(address="")),
                name="accounts_mail_has_one_reader",
                violation_error_message=_("A mail goes to an account or to an address, one of the two."),
            )
        ]

    def __str__(self):
        return self.subject

    @property
    def to(self) -> str:
        """The address that the mail goes to now."""
        return self.recipient.email if self.recipient else self.address

    @property
    def outcome(self) -> MailOutcome:
        """Whether it left. A worker that was stopped in the middle may have sent it, and could not say so."""
        if self.sent_at:
            return MailOutcome.SENT
        if not self.attempts:
            return MailOutcome.WAITING
        if not self.last_error:
            is_held = self.leased_until is not None and self.leased_until > timezone.now()
            return MailOutcome.LEAVING if is_held else MailOutcome.UNKNOWN
        return MailOutcome.GIVEN_UP if self.attempts >= MAX_ATTEMPTS else MailOutcome.FAILED
