"""Requests that are refused with a sentence of ours."""

from django.core.exceptions import BadRequest


class BadAddress(BadRequest):
    """Raised for an address with something in it that its page does not know; config.views shows the sentence."""
