"""Exceptions that a page answers with a sentence."""

import datetime

from django.core.exceptions import BadRequest
from django.http import Http404


class BadAddress(BadRequest):
    """Raised for a URL with a parameter that its page does not know; config.views shows the sentence."""


class Gone(Http404):
    """Raised instead of Http404 for a record that was public once; config.views answers 410.

    Never raise it for a record that was never public, whose existence must stay private. The day and the reason, where
    given, are shown to everybody.
    """

    def __init__(self, on: datetime.date | None = None, reason: str = "") -> None:
        super().__init__()
        self.on, self.reason = on, reason


class Refused(Exception):
    """A request was refused. `reasons` are sentences for the person who made it."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class StatusMoved(Exception):
    """Raised when a record would overwrite a status that somebody else changed after it was read."""
