"""Where a page of a list ends: signed, so that nobody writes one, and the same for the same place, so that ETags stay."""

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
    """The last record that was given, how many were given with it, and what the walk began with."""

    key: int
    done: int
    as_of: int


def digest_of(asked: Iterable[tuple[str, list[str]]]) -> str:
    """Return what tells one question from another: a cursor goes on with its own only."""
    text = repr(sorted((name, sorted(values)) for name, values in asked))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def written(place: Place, digest: str) -> str:
    # Without the time, which would make another answer of the same.
    return signing.Signer(salt=SALT).sign_object([digest, *place])


def read(cursor: str, digest: str) -> Place:
    """Return the place. Raise Problem for one that is not ours, or of another question."""
    try:
        of, *place = signing.Signer(salt=SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError, UnicodeError):
        detail = _("This cursor is not one that the site gave, or it is too old: begin again without it.")
        raise bad_request([("cursor", detail)]) from None
    if of != digest:
        detail = _("This cursor belongs to another question: take “next” as it is given, with the same parameters.")
        raise bad_request([("cursor", detail)])
    return Place(*place)
