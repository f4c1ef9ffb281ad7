from allauth.account import forms as account_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(account_forms.SignupForm):
    """Asks for a name too, and costs the same whether the address is known or not."""

    name = forms.CharField(label=_("Your name"), max_length=150, help_text=_("First name, then family name."))

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


class ProfileForm(forms.ModelForm):
    """What a person says about themselves; the address and the password have their own pages."""

    class Meta:
        model = User
        fields = ["name", "language", "mail_rhythm"]
        widgets = {"mail_rhythm": forms.RadioSelect}
