"""Reads public pages from the replica, for clients who are not signed in and have written nothing lately.

The primary answers whatever the replica cannot: a page that does not exist there yet, a page for some users only, a
request that has to write first, and everything while the replica is down or too far behind. This causes no errors for
anybody. While the primary is down, the replica's response is sent as it is, since there is no better one.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.page_cache import address_of, has_personal_cookie
from core.replica.health import Health, replayed, written
from core.replica.reading import Reading, reading_the_copy

logger = logging.getLogger(__name__)

# The end of the WAL when this browser last posted something: until the replica has it, the browser reads the primary.
COOKIE = "written"
# In seconds. A replica this far behind is no longer read anyway.
SECONDS = 15 * 60
MAX_DIGITS = 20
SAFE = ("GET", "HEAD", "OPTIONS")
# The status of a page whose database is down.
OUTAGE = 503


class ReplicaMiddleware:
    """It comes before all other middleware, because cached pages belong to one database or the other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.DATABASE_REPLICA is None:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.health = Health()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        may = may_be_read_from_a_copy(request)
        if may and self.health.is_good():
            response = self._from_the_copy(request)
            if response is not None:
                return response
        response = self.get_response(request)
        if may and response.status_code == OUTAGE and self.health.has_to_stand_in():
            # The primary went down after the last check.
            return self._from_the_copy(request) or response
        if request.method not in SAFE:
            self._note_what_was_written(response)
        return response

    def _from_the_copy(self, request: HttpRequest) -> HttpResponseBase | None:
        with reading_the_copy() as reading:
            try:
                if not self.health.is_alone and is_behind(request, reading):
                    return None
                response = self.get_response(request)
            except (DatabaseError, InterfaceError):  # only from the check above: errors of a page become responses
                response = None
            self._look_at(reading)
        if response is None or reading.failure is not None or not is_for_everybody(response):
            return None
        if self.health.is_alone:
            return response if response.status_code < 500 else None
        return response if response.status_code < 400 and not reading.wants_primary else None

    def _look_at(self, reading: Reading) -> None:
        if (error := reading.failure) is None:
            return
        if reading.copy.connection is None or not reading.copy.is_usable():
            self.health.does_not_answer(error)
        else:
            logger.warning("The replica could not answer, the database did: %s", str(error).strip())

    def _note_what_was_written(self, response: HttpResponseBase) -> None:
        try:
            end = written()
        except (DatabaseError, InterfaceError):  # then nothing was written
            return
        response.set_cookie(
            COOKIE, str(end), max_age=SECONDS, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )


def may_be_read_from_a_copy(request: HttpRequest) -> bool:
    """Return whether a client who is not signed in requests what may be a public page."""
    return (
        request.method in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in request.META
        and not has_personal_cookie(request)
        and address_of(request) is not None
    )


def is_behind(request: HttpRequest, reading: Reading) -> bool:
    """Return whether the replica lacks what this browser may have written."""
    said = request.COOKIES.get(COOKIE)
    if said is None:
        return False
    if not (said.isascii() and said.isdigit() and len(said) <= MAX_DIGITS):
        return True
    there = replayed(reading.copy)
    return there is None or there < int(said)


def is_for_everybody(response: HttpResponseBase) -> bool:
    """Return whether this response may be somewhat old, and is not for one person only.

    Streamed responses are excluded: they read later, when the thread uses the primary again.
    """
    told = response.get("Cache-Control", "")
    return not response.streaming and "private" not in told and "no-store" not in told
