from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.enums import MailRhythm
from core.languages import main_language, site_languages


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.at_address(email).get()

    def at_address(self, email: str):
        """Return a queryset of the account with this address: one row or none.

        It compares lower-case text, because `iexact` also matches ı with i.
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


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. Roles and contacts say what they may do, not this row."""

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
        choices=site_languages,
        default=main_language,
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
