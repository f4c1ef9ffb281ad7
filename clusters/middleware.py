from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import second_factor
from clusters.perms import acts_as_staff
from clusters.standing_in import SESSION_KEY, act_under, running_for

# Views that staff reach with a password alone: those to set up or give the second factor, signing out, the language,
# and what programs request of any site. A view added to the site is protected unless it is added here.
EXEMPT = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_request_reauthentication_code",
    "account_confirm_reauthentication_code",
    "account_logout",
    "set_language",
    "healthz",
    "readyz",
    "robots_txt",
    "sitemap",
    "sitemap_section",
    "security_txt",
}
READING = {"GET", "HEAD", "OPTIONS"}


class StaffSecondFactorMiddleware:
    """Requires the second factor of staff on every page, except the exempt views, once per session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Redirect to the second factor instead of calling the view.

        `process_view` runs after the CSRF check, so a redirected post came from our own form.
        """
        if (
            settings.STAFF_SECOND_FACTOR == "required"
            and request.resolver_match.view_name not in EXEMPT
            and acts_as_staff(request.user)
            and not second_factor.is_given(request)
        ):
            return lead_to_the_factor(request)
        return None


class StandInMiddleware:
    """Lets a user act on a colleague's behalf in the panel, if they chose to and while the delegation runs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Only in the panel: a public page is the same for all, and does not read the session.
        if request.path_info.startswith("/admin/") and (key := request.session.get(SESSION_KEY)):
            found = running_for(request.user).filter(pk=key).first() if request.user.is_authenticated else None
            if found is None:
                del request.session[SESSION_KEY]
            else:
                act_under(request.user, found)
        return self.get_response(request)


def lead_to_the_factor(request: HttpRequest) -> HttpResponse:
    """Redirect to the page that asks for the second factor, or sets one up, and from there back to this page."""
    if is_mfa_enabled(request.user):
        name, sentence = (
            second_factor.page_of(request.user),
            _("Staff sign in with a second factor. Enter yours to continue."),
        )
    else:
        name, sentence = "mfa_activate_totp", _("Staff sign in with a second factor. Set one up to continue.")
    there = redirect_to_login(page_in_front(request), reverse(name)).url
    if not request.accepts("text/html"):
        return JsonResponse({"error": sentence, "sign_in": there}, status=403)
    messages.warning(request, sentence)
    if "HX-Request" in request.headers:  # a fragment: redirect the whole page, not the place of the fragment
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect(there)


def page_in_front(request: HttpRequest) -> str:
    """Return the path of the page that the user sees: the page of the form or the fragment, else the requested one."""
    shown = request.headers.get("HX-Current-URL")
    if not shown and request.method not in READING:
        shown = request.headers.get("Referer")
    if shown and url_has_allowed_host_and_scheme(shown, {request.get_host()}):
        parts = urlsplit(shown)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()
