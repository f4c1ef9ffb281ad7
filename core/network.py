from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return where a request comes from, as the limits on signing in see it: behind a proxy, what the proxy says."""
    try:
        address: str | None = get_adapter().get_client_ip(request)
    except PermissionDenied:  # the server listens on a socket and no proxy says
        return None
    return address


def at_site_url(url: str) -> str:
    """Return the same page of the site at its own address: the host of a request is whatever its sender wrote."""
    return settings.SITE_URL + urlsplit(url)._replace(scheme="", netloc="").geturl()
