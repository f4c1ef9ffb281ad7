from allauth.socialaccount import forms as socialaccount
from django.db import IntegrityError, transaction

from accounts.form_fields import OwnNameField


class IdentitySignupForm(socialaccount.SignupForm):
    """Opens an account for an identity. The provider proposes the name and the address; the person may change both."""

    name = OwnNameField()

    field_order = ["name", "email"]

    def try_save(self, request):
        """Open the account. If another request has just taken the address, respond as for a known address."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)
