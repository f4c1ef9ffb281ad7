"""A fingerprint of what a page shows before an act. The form sends it back, so that nobody confirms what has changed since."""

from hashlib import sha256
from typing import Any

from django.db.models import Model


def stamp(*shown: Any) -> str:
    """Return a fingerprint of these values."""
    return sha256(repr(shown).encode()).hexdigest()[:20]


def stamp_of(record: Model) -> str:
    """Return a fingerprint of a record's columns, which changes with any of them."""
    return stamp([(column.attname, str(getattr(record, column.attname))) for column in record._meta.concrete_fields])
