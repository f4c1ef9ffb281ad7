from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(forms.Form):
    """What the sign-up page asks beyond the address and the password."""

    name = forms.CharField(label=_("Your name"), max_length=150, help_text=_("First name, then family name."))

    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(forms.ModelForm):
    """What a person says about themselves; the address and the password have their own pages."""

    class Meta:
        model = User
        fields = ["name", "language", "mail_rhythm"]
        widgets = {"mail_rhythm": forms.RadioSelect}


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """Sets up the second factor, and keeps the page that was asked for before it."""

    next = forms.CharField(required=False, widget=forms.HiddenInput)
