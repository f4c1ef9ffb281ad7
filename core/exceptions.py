"""Errors of ours that a page answers with a sentence."""

import datetime

from django.core.exceptions import BadRequest
from django.http import Http404


class BadAddress(BadRequest):
    """Raised for an address with something in it that its page does not know; config.views shows the sentence."""


class Gone(Http404):
    """Raised instead of Http404 for a record that the public has been shown; config.views answers 410.

    Never raise it for a record that was never public: that it exists must stay private. Day and reason are told to
    everybody, where there are any.
    """

    def __init__(self, on: datetime.date | None = None, reason: str = "") -> None:
        super().__init__()
        self.on, self.reason = on, reason


class Refused(Exception):
    """Something was refused. `reasons` are sentences for the person who asked for it."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class StatusMoved(Exception):
    """A record was about to be saved over a status that somebody changed since it was read."""
