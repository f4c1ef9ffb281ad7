"""How somebody comes in by a provider, as a browser does it; for the tests beside."""

import re

from django.test import Client

from tests.accounts.provider import Provider

BACK = re.compile(r"^http://localhost(/accounts/with/[a-z]+/back/\?.*)$")


def to_the_provider(client: Client, provider: Provider, next_page: str = "", language: str = "en") -> str:
    """Press the button; return the address of the provider's page."""
    data = {"next": next_page} if next_page else {}
    response = client.post(f"/{language}/accounts/with/{provider.slug}/", data)
    assert response.status_code == 302, response.text
    assert response["Location"].startswith(f"{provider.issuer}/authorize?")
    return response["Location"]


def back_from(client: Client, provider: Provider, there: str):
    """Sign in at the provider's page; return what the site answers on the way back."""
    return client.get(BACK.match(provider.authorize(there))[1])


def come_in(client: Client, provider: Provider, next_page: str = "", language: str = "en"):
    return back_from(client, provider, to_the_provider(client, provider, next_page, language))
