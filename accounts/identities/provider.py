"""An identity provider as allauth needs one: it turns claims (`accounts.identities.client`) into accounts."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import Provider, ProviderAccount
from django.http import HttpRequest

from accounts.identities.known import IdentityProvider, text
from core.identifiers import is_siret

MAX_ADDRESS = 254


class OpenIDProvider(Provider):
    id = "openid_connect"
    account_class = ProviderAccount

    def __init__(self, request: HttpRequest, known: IdentityProvider) -> None:
        super().__init__(request, app=SocialApp(provider=self.id, provider_id=known.slug, name=known.name))
        self.known, self.name = known, known.name

    def serialize(self) -> dict[str, Any]:
        """Return what the session stores between the stages of a sign-in: the provider's slug."""
        return {"id": self.known.slug}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the claims that the site stores: name, address, SIRET, and whether the second factor may be skipped."""
        kept = {"name": name_in(data), "email": text(data, "email", MAX_ADDRESS)}
        siret = text(data, "siret", 20)
        if is_siret(siret):
            kept["siret"] = siret
        return {**kept, "is_vouched": self.known.vouches(data.get("acr"), data.get("amr"))}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": text(data, "email", MAX_ADDRESS), "name": name_in(data)}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        address = text(data, "email", MAX_ADDRESS).lower()
        is_verified = data.get("email_verified") is True and self.known.vouches_for(address)
        return [EmailAddress(email=address, verified=is_verified, primary=True)] if address else []


def name_in(claims: dict[str, Any]) -> str:
    """Return a person's name, first name first, from ProConnect's claims or the standard ones."""
    parts = text(claims, "given_name"), text(claims, "usual_name") or text(claims, "family_name")
    return " ".join(part for part in parts if part)[:150] or text(claims, "name")
