from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.perms import has_second_factor


class AccountLanguageMiddleware:
    """Shows pages without a language in their address (the admin panel) in the account's language.

    An address that names a language wins, then the choice kept in the cookie, then the account's.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            not translation.get_language_from_path(request.path_info)
            and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
            and request.path_info.startswith("/admin/")
            and request.user.is_authenticated
        ):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class StaffSecondFactorMiddleware:
    """Keeps the admin panel shut to staff who have not set up a second factor, and leads them to it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            settings.STAFF_SECOND_FACTOR == "required"
            and request.path_info.startswith("/admin/")
            and request.user.is_authenticated
            and request.user.is_staff
            and not has_second_factor(request.user)
        ):
            messages.warning(request, _("Staff sign in with a second factor. Set one up to open the admin panel."))
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)
