"""Security headers of every response."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings

# Switched off because the site uses none of them, so that an injected script cannot either.
CLOSED_FEATURES = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
]
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in CLOSED_FEATURES)

# URL prefixes with pages that need no sign-in, but are personal.
PRIVATE_ROUTES = {"accounts", "admin"}


class ContentPolicyMiddleware(CSPMiddleware):
    """Adds the content security policy, built once: the library would build the same text for each response."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.stated, self.policy = None, ""

    def process_request(self, request):
        """Offer no nonce: no page has inline scripts."""

    def process_response(self, request, response):
        # The library's decorators note in attributes what differs for a view.
        if any(name.startswith("_csp_") for name in vars(response)):
            return super().process_response(request, response)
        if self.stated is not settings.CONTENT_SECURITY_POLICY:
            self.stated, self.policy = settings.CONTENT_SECURITY_POLICY, build_policy()
        response.headers.setdefault(HEADER, self.policy)
        return response


class PermissionsPolicyMiddleware:
    """Adds the header that switches off unused browser features to every response, including errors and static files."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class PrivatePagesMiddleware:
    """Forbids caches to store pages for signed-in users, account pages and pages that require sign-in.

    It is placed below static files, which are the same for everybody. It makes no query: a
    browser with a session cookie may be signed in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if self._has_session(request, response) or self._is_private(request):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def _has_session(self, request, response) -> bool:
        return any(settings.SESSION_COOKIE_NAME in cookies for cookies in (request.COOKIES, response.cookies))

    def _is_private(self, request) -> bool:
        match = request.resolver_match
        if match is None:  # no such page, or the request was rejected before routing
            return False
        return getattr(match.func, "login_required", True) or not PRIVATE_ROUTES.isdisjoint(match.route.split("/"))
