from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Answer where a request comes from, as the limits on signing in see it: behind a proxy, what the proxy says."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:  # the server listens on a socket and no proxy says
        return None
