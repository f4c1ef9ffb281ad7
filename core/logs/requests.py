"""Counts and logs each request. It is outside Django, so that responses from the page cache are included."""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from core.logs import counters, facts
from core.logs.lines import REQUEST_ID

logger = logging.getLogger(__name__)

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
# Logged for an unknown path, which may contain anything.
NO_PAGE = "(no page)"
# More digits than any primary key has.
MAX_DIGITS = 12
KEPT_PATHS = 4_096

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class RequestLog:
    """A WSGI application around the site's. The measured time ends when the response begins; a large file is sent later."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request_id = identifier_of(environ)
        known, started = facts.begin(request_id), time.perf_counter()

        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            known["status"] = int(status[:3])
            return start_response(status, [*headers, ("X-Request-ID", request_id)], *rest)

        try:
            answer = self.application(environ, begin)
            seconds = time.perf_counter() - started
            counters.count(environ["REQUEST_METHOD"], int(str(known.get("status", 500))), seconds)
            if logger.isEnabledFor(logging.INFO):
                told = {"method": environ["REQUEST_METHOD"], "path": told_path(environ.get("PATH_INFO", ""))}
                logger.info("A request was answered.", extra={**told, "ms": round(seconds * 1_000, 1)})
        finally:
            facts.end()
        return answer


def identifier_of(environ: dict[str, Any]) -> str:
    """Return the proxy's identifier of the request, or a new one."""
    given: str = environ.get("HTTP_X_REQUEST_ID", "")
    return given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


@lru_cache(maxsize=KEPT_PATHS)
def told_path(path: str) -> str:
    """Return a path as its URL pattern, with only whole numbers filled in: other parts may be people's names or secrets."""
    if path.startswith(settings.STATIC_URL):
        return f"{settings.STATIC_URL}<file>"
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return NO_PAGE

    def filled(place: re.Match[str]) -> str:
        value = str(match.kwargs.get(place[1], ""))
        return value if value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS else place[0]

    return f"/{PLACE.sub(filled, match.route)}"
