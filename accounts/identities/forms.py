from allauth.socialaccount import forms as socialaccount
from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _


class IdentitySignupForm(socialaccount.SignupForm):
    """Opens an account for an identity: the name and the address are the provider's to propose, and the person's to change."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("First name, then family name."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )

    field_order = ["name", "email"]

    def try_save(self, request):
        """Open the account, or act as if where the address is known, be it since a moment ago."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)
