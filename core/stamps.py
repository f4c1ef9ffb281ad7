"""What a page shows before an act, in short: the page carries it, so that nobody decides on what they have not looked at."""

from hashlib import sha256
from typing import Any

from django.db.models import Model


def stamp(*shown: Any) -> str:
    """Return what tells these values from any others."""
    return sha256(repr(shown).encode()).hexdigest()[:20]


def stamp_of(record: Model) -> str:
    """Return what tells a record from itself once somebody has changed it."""
    return stamp([(column.attname, str(getattr(record, column.attname))) for column in record._meta.concrete_fields])
