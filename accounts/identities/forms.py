from allauth.socialaccount import forms as socialaccount
from django.db import IntegrityError, transaction

from accounts.form_fields import OwnNameField


class IdentitySignupForm(socialaccount.SignupForm):
    """Opens an account for an identity: the name and the address are the provider's to propose, and the person's to change."""

    name = OwnNameField()

    field_order = ["name", "email"]

    def try_save(self, request):
        """Open the account, or act as if where the address is known, be it since a moment ago."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)
