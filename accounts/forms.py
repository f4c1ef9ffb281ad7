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
    """Asks for a name too, and costs the same whether the address is known or not."""

    name = OwnNameField()

    field_order = ["name", "email", "password1", "password2"]

    def clean(self):
        """Hash the password here, for a known address too, and before a transaction holds the database."""
        cleaned_data = super().clean()
        if not self.errors:
            self.password_hash = make_password(cleaned_data["password1"])
        return cleaned_data

    def try_save(self, request):
        """Sign up, or act as if where the address is known, be it since a moment ago."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """Sets up the second factor, and keeps the page that was asked for before it."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)


# What the library raises where it reads an answer that no browser gave.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, error)


class ReadableMixin:
    """Refuses with a sentence what is no browser's answer, where the library would fail."""

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
    """Adds a passkey, which signs in by itself unless its holder wants it beside the password only."""

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
    """What a person says about themselves; the address and the password have their own pages."""

    class Meta:
        model = User
        fields = ["name", "language", "mail_rhythm"]
        widgets = {"name": forms.TextInput({"autocomplete": "name"}), "mail_rhythm": forms.RadioSelect}
