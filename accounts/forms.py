from struct import error

from allauth.account import forms as account_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.form_fields import OwnNameField
from accounts.models import User

NAME_MAX_LENGTH = 100


class SignupForm(account_forms.SignupForm):
    """Asks for a name too, and takes the same time whether the address is known or not."""

    name = OwnNameField()

    field_order = ["name", "email", "password1", "password2"]

    def clean(self):
        """Hash the password: for a known address too, to take as long, and before a transaction locks the database."""
        cleaned_data = super().clean()
        if not self.errors:
            self.password_hash = make_password(cleaned_data["password1"])
        return cleaned_data

    def try_save(self, request):
        """Sign up. If another request has just taken the address, respond as for a known address."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """Sets up an authenticator app, and keeps the page to return to afterwards."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)


# What allauth raises when it parses a passkey response that no browser sends.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, error)


class ReadableMixin:
    """Turns a malformed passkey response into a form error, where allauth would fail with a server error."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except UNREADABLE as failure:
            raise get_adapter().validation_error("incorrect_code") from failure


class LoginByPasskeyForm(ReadableMixin, webauthn_forms.LoginWebAuthnForm):
    pass


class AuthenticateByPasskeyForm(ReadableMixin, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticateByPasskeyForm(ReadableMixin, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """Adds a passkey. By default it signs in without a password; its owner may make it a second factor only."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call it")
        self.fields["name"].max_length = NAME_MAX_LENGTH
        self.fields["name"].validators.append(MaxLengthValidator(NAME_MAX_LENGTH))
        self.fields["name"].help_text = _("The telephone or computer that keeps it, or the key’s colour.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _(
            "The device asks for your fingerprint, your face or its own code. Otherwise it is the second factor only."
        )

    def clean(self):
        try:
            return super().clean()
        except UNREADABLE as failure:
            raise get_adapter().validation_error("incorrect_code") from failure


class ProfileForm(forms.ModelForm):
    """A person's name, language and mail rhythm. The address and the password have their own pages."""

    class Meta:
        model = User
        fields = ["name", "language", "mail_rhythm"]
        widgets = {"name": forms.TextInput({"autocomplete": "name"}), "mail_rhythm": forms.RadioSelect}
