"""Cursors: where a page of a list ends.

They are signed against forgery, and equal for equal places, to keep ETags stable.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from django.core import signing
from django.utils.translation import gettext as _

from api.problems import bad_request

SALT = "api.cursor"
MAX_LENGTH = 1_000
DIGEST_LENGTH = 16


class Place(NamedTuple):
    """The key of the last record returned, the number returned so far, and the `as_of` of the first page."""

    key: int
    done: int
    as_of: int


def digest_of(asked: Iterable[tuple[str, list[str]]]) -> str:
    """Return a digest of the query parameters: a cursor is valid only for its own query."""
    text = repr(sorted((name, sorted(values)) for name, values in asked))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def written(place: Place, digest: str) -> str:
    # A Signer without timestamp: the same place must give the same cursor.
    return signing.Signer(salt=SALT).sign_object([digest, *place])


def read(cursor: str, digest: str) -> Place:
    """Return the place of a cursor. Raise Problem if it is forged or belongs to another query."""
    try:
        of, *place = signing.Signer(salt=SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError, UnicodeError):
        detail = _("This cursor is not one that the site gave, or it is too old: begin again without it.")
        raise bad_request([("cursor", detail)]) from None
    if of != digest:
        detail = _("This cursor belongs to another question: take “next” as it is given, with the same parameters.")
        raise bad_request([("cursor", detail)])
    return Place(*place)
