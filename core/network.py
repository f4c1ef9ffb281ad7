from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the client's IP address as allauth's rate limits see it (behind a proxy, from its header); None if unknown."""
    try:
        address: str | None = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a Unix socket without a proxy header
        return None
    return address


def at_site_url(url: str) -> str:
    """Return the same URL with the host of SITE_URL, because a client can choose the Host header."""
    return settings.SITE_URL + urlsplit(url)._replace(scheme="", netloc="").geturl()
