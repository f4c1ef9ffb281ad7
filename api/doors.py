"""What all views below /api/ share: allowed methods, CORS, content negotiation, rate limits and errors."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from api import limits
from api.problems import Problem, not_found
from core.outages import is_outage

logger = logging.getLogger("django.request")

READING = ("GET", "HEAD", "OPTIONS")
ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
    "X-Robots-Tag": "noindex",
}
PREFLIGHT_LASTS = 24 * 60 * 60
RETRY_AFTER = 30
JSON = "application/json"


def public(
    form: str = JSON, methods: tuple[str, ...] = READING, *, is_for_any_site: bool = True
) -> Callable[[Callable], Callable]:
    """Decorate a view that anybody may call without a session. `form` is the media type of its responses.

    Unless `is_for_any_site`, scripts of other sites may not read them (no CORS headers).
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_not_required
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                response = _answered(view, form, methods, request, args, kwargs)
            except Problem as problem:
                response = problem.response(request)
            except Http404:
                response = not_found().response(request)
            except SuspiciousOperation:  # more parameters, or a longer body, than Django accepts
                response = Problem(400, _("That is more than this site reads of a request.")).response(request)
            except Exception as error:
                response = _failed(error, request.path).response(request)
            patch_vary_headers(response, ["Accept"])
            for name, value in ANY_SITE.items() if is_for_any_site else ():
                response.headers.setdefault(name, value)
            return response

        return answer

    return decorate


def _failed(error: Exception, path: str) -> Problem:
    if is_outage(error):
        logger.exception("The database or the cache did not answer: %s", path)
        detail = _("The site is out of service for a moment. Please try again.")
        return Problem(503, detail, headers={"Retry-After": str(RETRY_AFTER)})
    logger.exception("An error below /api/: %s", path)
    return Problem(500, _("Something went wrong here. It has been noted."))


def _answered(
    view: Callable[..., HttpResponse],
    form: str,
    methods: tuple[str, ...],
    request: HttpRequest,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    allowed = ", ".join(methods)
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": allowed, **_preflight(allowed)}, content_type="")
    if request.method not in methods:
        detail = _("This address can only be read: %(methods)s.") % {"methods": allowed}
        if "POST" in methods:
            detail = _("This address takes %(methods)s.") % {"methods": allowed}
        raise Problem(405, detail, headers={"Allow": allowed})
    if not request.accepts(form):
        raise Problem(406, _("This address answers in %(form)s only.") % {"form": form})
    limits.check(request)
    if request.method != "HEAD":
        return view(request, *args, **kwargs)
    # Respond as to GET: the server sends the headers only.
    request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = "HEAD"


def _preflight(allowed: str) -> dict[str, str]:
    return {
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Mcp-Protocol-Version",
        "Access-Control-Max-Age": str(PREFLIGHT_LASTS),
    }
