"""Match identities at a provider with accounts on this site."""

from secrets import token_urlsafe
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.urls import reverse
from django.utils import translation

from accounts.identities.joined import providers
from accounts.models import User


class NotConfigured(ValueError):
    """The site has no such provider, or no longer. allauth treats a ValueError as a sign-in that cannot go on."""


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Reads the providers from the settings alone, never from allauth's table."""

    def list_apps(self, request, provider=None, client_id=None):
        return []

    def list_providers(self, request):
        return []

    def get_provider(self, request, provider, client_id=None):
        from accounts.identities.provider import (
            OpenIDProvider,
        )  # imported late: a site without providers does not load the client

        if provider not in providers():
            raise NotConfigured(provider)
        return OpenIDProvider(request, providers()[provider])

    def authenticate_by_email(self, sociallogin) -> tuple[User, str] | None:
        """Return the account and the address that it shares with the identity, verified by the provider; or None.

        An address that an account has not verified does not count: anybody could have typed it.
        """
        for address in (one.email.lower() for one in sociallogin.email_addresses if one.verified):
            proved = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
            user = proved.user if proved else User.objects.at_address(address).first()
            if user:
                return user, address
        return None

    def is_auto_signup_allowed(self, request, sociallogin) -> bool:
        """Return False: a new account needs a form that the person sends."""
        return False

    def populate_user(self, request, sociallogin, data: dict[str, Any]):
        user = sociallogin.user
        user.email, user.name = data.get("email", ""), data.get("name", "")
        user.language = translation.get_language() or user.language
        return user

    def get_signup_form_initial_data(self, sociallogin) -> dict[str, str]:
        return {"email": sociallogin.user.email, "name": sociallogin.user.name}

    def save_user(self, request, sociallogin, form=None):
        """Open the account at the address chosen in the form. An address that the provider did not give is verified by a code."""
        user, chosen = sociallogin.user, form.cleaned_data["email"].lower()
        sociallogin.email_addresses = [one for one in sociallogin.email_addresses if one.email.lower() == chosen]
        user.email, user.name = form.cleaned_data["email"], form.cleaned_data["name"]
        user.set_unusable_password()
        sociallogin.save(request)
        return user

    def get_connect_redirect_url(self, request, socialaccount) -> str:
        return reverse("identities")

    def generate_state_param(self, state) -> str:
        """Return a random state of more than 32 characters, the minimum of ProConnect."""
        return token_urlsafe(32)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """Tell the owner that an identity was added to the account. The view tells when one is removed."""
        self.tell_owner(user, "account/identity_joined", context["provider"].name)

    def tell_owner(self, user, occasion: str, name: str) -> None:
        get_account_adapter(self.request).tell_owner(user, occasion, provider=name)
