"""Keeps what was typed into a form that came too late: after its session had ended, or after another sign-in.

It waits in the browser's own session, for at most an hour, for the person to whom the form was given, and fills the
same page once they are signed in. Nothing is saved by itself. docs/kept_forms.md says what is kept, and for whom.
"""

import time
from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from core.form_filling import fill

# The hidden field that says to whom a form was given.
FIELD = "typed_by"
SESSION_KEY = "kept_forms"
# What the address of a step of a long form says (core/admin/steps.py).
STEP_VAR = "step"
# Long enough to find one's password, short enough for a shared machine.
LASTS = 60 * 60
# The longest forms of the site have some 50,000 letters; what is longer is a paste by mistake.
MAX_LETTERS = 200_000
MAX_FIELDS = 1_000
MAX_FORMS = 3
MAX_ROWS = 100
# Parts of field names whose values are secrets: they must be typed again.
SECRET = ("password", "code", "otp", "secret", "credential", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class KeptForm:
    """What was typed into the form of a page, and whether files were chosen, which no server can choose again."""

    fields: QueryDict
    has_files: bool

    def rows_added(self, prefix: str) -> int:
        """Return how many rows were typed beside those that are saved already."""
        total, saved = (self.fields.get(f"{prefix}-{name}_FORMS", "0") for name in ("TOTAL", "INITIAL"))
        is_known = total.isdecimal() and saved.isdecimal() and len(total) < 4 and len(saved) < 4
        return min(int(total) - int(saved), MAX_ROWS) if is_known else 0


def mark_of(user) -> str:
    """Return the mark that says to whom a form was given. Nobody else can forge it, and it reveals nothing."""
    return salted_hmac("core.kept_forms", str(user.pk), algorithm="sha256").hexdigest()


def typed_fields(request) -> list[tuple[str, str]]:
    """Return the fields of a form and what was typed into them, secrets left out."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != FIELD and not any(part in name.lower() for part in SECRET)
    ]


def page_of(request) -> str:
    """Return which page a form is on: each step of a long form is a page of its own."""
    step = request.GET.get(STEP_VAR)
    return f"{request.path}?{STEP_VAR}={step}" if step else request.path


def keep(request) -> bool:
    """Keep what a request holds for the person to whom its form was given. Return whether it is kept."""
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
    """Return what this person typed on this page and could not save; read once a request."""
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
    """Forget what was kept of this page."""
    left = [one for one in _standing(request) if one["path"] != page_of(request)]
    if left:
        request.session[SESSION_KEY] = left
    else:
        del request.session[SESSION_KEY]


def csrf_failed(request) -> HttpResponse | None:
    """Return the redirect after a form with an outdated token, if what was typed is kept.

    None if we did not issue the form.
    """
    if request.method != "POST" or _is_about_the_account(request.path) or not keep(request):
        return None
    if request.user.is_authenticated:
        return redirect(request.get_full_path())
    return redirect_to_login(request.get_full_path())


class KeptFormMiddleware:
    """Keeps a form that was answered with the sign-in page, and fills the page of one that was kept."""

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
    """Return whether a page has a form that was given to somebody: only then is the session read."""
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
    """Return whether an address is about signing in, a password or a second factor.

    Nothing that is typed there is kept.
    """
    try:
        account = reverse("account_login").removesuffix("login/")
        return path.startswith(account) or path == reverse("admin:login")
    except NoReverseMatch:
        return False
