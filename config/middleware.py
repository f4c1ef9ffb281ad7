"""What every answer says to the browser and to whatever stands between, beside the content policy."""

from django.conf import settings

# Nothing here uses a camera, a position or a payment: a script that got in would not either.
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

# These addresses need no sign-in, yet their pages are personal.
PRIVATE_ROUTES = {"accounts", "admin"}


class PermissionsPolicyMiddleware:
    """Adds to every response, errors and static files included, the browser features that the site never uses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class PrivatePagesMiddleware:
    """Forbids caches to store pages shown to signed-in people, account pages and pages that need a sign-in.

    It stands below static files, which are the same for everybody, and asks no database: a browser that brings a
    session, or gets one, may be signed in.
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
        if match is None:  # no such page, or the request was refused before routing
            return False
        return getattr(match.func, "login_required", True) or not PRIVATE_ROUTES.isdisjoint(match.route.split("/"))
