"""Reads public pages from the copy of the database, for whoever is not signed in and has written nothing lately.

Whatever the copy cannot answer, the database does: a page that is not there yet, one that only some may see, one for which
something has to be written first, and all of them while the copy is away or too far behind. Nobody gets an error by it.

While the database is away, the copy's answer is sent as it stands: there is no better one.
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

# How far the database's log reached when this browser last sent something: until the copy is there, it reads the database.
COOKIE = "written"
# The copy is left before it is so far behind.
SECONDS = 15 * 60
MAX_DIGITS = 20
SAFE = ("GET", "HEAD", "OPTIONS")
# What a page answers whose database is away.
OUTAGE = 503


class ReplicaMiddleware:
    """It stands before all others: pages that are kept are those of one database or of the other."""

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
            # The database went away since the last look.
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
            except (DatabaseError, InterfaceError):  # only of our own question: those of a page are pages
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
        except (DatabaseError, InterfaceError):  # then nothing was
            return
        response.set_cookie(
            COOKIE, str(end), max_age=SECONDS, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )


def may_be_read_from_a_copy(request: HttpRequest) -> bool:
    """Return whether somebody who is not signed in reads what may be a public page."""
    return (
        request.method in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in request.META
        and not has_personal_cookie(request)
        and address_of(request) is not None
    )


def is_behind(request: HttpRequest, reading: Reading) -> bool:
    """Return whether the copy lacks what this browser may have written."""
    said = request.COOKIES.get(COOKIE)
    if said is None:
        return False
    if not (said.isascii() and said.isdigit() and len(said) <= MAX_DIGITS):
        return True
    there = replayed(reading.copy)
    return there is None or there < int(said)


def is_for_everybody(response: HttpResponseBase) -> bool:
    """Return whether this answer may be somewhat old: it is not what one person alone is told.

    What streams is read after this; the whole of it comes from one database, and that one does not end it halfway.
    """
    told = response.get("Cache-Control", "")
    return not response.streaming and "private" not in told and "no-store" not in told
