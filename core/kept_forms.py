"""Keeps the input of a form that was posted too late: after the session had ended or another user had signed in.

The browser's session stores it for an hour at most, for the user to whom the form was shown. The same page is filled in
again once they are signed in; nothing is saved automatically. docs/kept_forms.md says what is kept, and for whom.
"""

import time
from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from core.form_filling import fill

# The hidden field that identifies the user to whom the form was shown.
FIELD = "typed_by"
SESSION_KEY = "kept_forms"
# The query parameter of a step of a long form (core/admin/steps.py).
STEP_VAR = "step"
# In seconds: long enough to find one's password, short enough for a shared computer.
LASTS = 60 * 60
# The longest forms of the site have some 50,000 characters; more is something pasted by mistake.
MAX_LETTERS = 200_000
MAX_FIELDS = 1_000
MAX_FORMS = 3
MAX_ROWS = 100
# Parts of the names of fields with secrets, which must be typed again.
SECRET = ("password", "code", "otp", "secret", "credential", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class KeptForm:
    """The input of a page's form, and whether it had files, which have to be chosen again."""

    fields: QueryDict
    has_files: bool

    def rows_added(self, prefix: str) -> int:
        """Return how many rows of a formset were typed in addition to the saved ones."""
        total, saved = (self.fields.get(f"{prefix}-{name}_FORMS", "0") for name in ("TOTAL", "INITIAL"))
        is_known = total.isdecimal() and saved.isdecimal() and len(total) < 4 and len(saved) < 4
        return min(int(total) - int(saved), MAX_ROWS) if is_known else 0


def mark_of(user) -> str:
    """Return a token that identifies the user to whom a form is shown. It cannot be forged, and reveals nothing."""
    return salted_hmac("core.kept_forms", str(user.pk), algorithm="sha256").hexdigest()


def typed_fields(request) -> list[tuple[str, str]]:
    """Return the names and values of the posted fields, except secrets."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != FIELD and not any(part in name.lower() for part in SECRET)
    ]


def page_of(request) -> str:
    """Return the page that a form is on, as a key. Each step of a long form is a page of its own."""
    step = request.GET.get(STEP_VAR)
    return f"{request.path}?{STEP_VAR}={step}" if step else request.path


def keep(request) -> bool:
    """Store the posted form for the user to whom it was shown. Return whether it was stored."""
    mark, fields = request.POST.get(FIELD, ""), typed_fields(request)
    is_long = len(fields) > MAX_FIELDS or sum(len(name) + len(value) for name, value in fields) > MAX_LETTERS
    user = request.user
    if not mark or is_long or (user.is_authenticated and not constant_time_compare(mark, mark_of(user))):
        return False
    kept = [one for one in _standing(request) if one["path"] != page_of(request)]
    new = {
        "path": page_of(request),
        "mark": mark,
        "at": int(time.time()),
        "fields": fields,
        "files": bool(request.FILES),
    }
    request.session[SESSION_KEY] = [*kept, new][-MAX_FORMS:]
    request.was_kept = True
    return True


def kept_form(request) -> KeptForm | None:
    """Return the stored input of this user on this page, or None. It is read once per request."""
    if not hasattr(request, "_kept_form"):
        request._kept_form = _kept_form(request) if request.method == "GET" else None
    return request._kept_form


def _kept_form(request) -> KeptForm | None:
    if not request.user.is_authenticated or SESSION_KEY not in request.session:
        return None
    for one in _standing(request):
        if one["path"] == page_of(request) and constant_time_compare(one["mark"], mark_of(request.user)):
            fields = QueryDict(mutable=True)
            for name, value in one["fields"]:
                fields.appendlist(name, value)
            return KeptForm(fields, one["files"])
    return None


def forget(request) -> None:
    """Delete the stored input of this page."""
    left = [one for one in _standing(request) if one["path"] != page_of(request)]
    if left:
        request.session[SESSION_KEY] = left
    else:
        del request.session[SESSION_KEY]


def csrf_failed(request) -> HttpResponse | None:
    """Return a redirect after a form with an expired CSRF token, if its input could be stored.

    Return None if this site did not issue the form.
    """
    if request.method != "POST" or _is_about_the_account(request.path) or not keep(request):
        return None
    if request.user.is_authenticated:
        return redirect(request.get_full_path())
    return redirect_to_login(request.get_full_path())


class KeptFormMiddleware:
    """Stores a posted form that was redirected to the sign-in page, and fills in a page whose input was stored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST":
            if _leads_to_sign_in(request, response):
                keep(request)
            elif _is_saved(request, response):
                forget(request)
        elif _has_a_form(response) and (kept := kept_form(request)):
            fill(request, response, kept)
        return response


def _has_a_form(response) -> bool:
    """Return whether a page contains a form of ours. Only then is the session read."""
    return not response.streaming and response.status_code == 200 and f'name="{FIELD}"'.encode() in response.content


def _is_saved(request, response) -> bool:
    is_accepted = response.status_code < 400 and not hasattr(request, "was_kept")
    return is_accepted and FIELD in request.POST and SESSION_KEY in request.session


def _standing(request) -> list[dict]:
    now = time.time()
    return [one for one in request.session.get(SESSION_KEY, []) if now - one["at"] < LASTS]


def _leads_to_sign_in(request, response) -> bool:
    location = response.headers.get("Location", "").split("?")[0]
    return response.status_code == 302 and _is_about_the_account(location) and not _is_about_the_account(request.path)


def _is_about_the_account(path: str) -> bool:
    """Return whether a path belongs to sign-in, passwords or second factors.

    Input on these pages is never stored.
    """
    try:
        account = reverse("account_login").removesuffix("login/")
        return path.startswith(account) or path == reverse("admin:login")
    except NoReverseMatch:
        return False
