"""Slugs made from names, in plain letters whatever the name's script."""

import base64
import hashlib
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import get_random_string

from core.text import fold, name_key

# Characters of a hash (50 bits) that distinguish names in other scripts.
MARK_LENGTH = 10
# Characters reserved for the number that is added to the slug of a namesake.
NUMBER_LENGTH = 8
MAX_LENGTH = 100
# Slugs that our own URLs use.
RESERVED = frozenset({"new"})
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def address_of(name: str, max_length: int = MAX_LENGTH) -> str:
    """Return the slug of a name: always the same, and a different one for each name in another script.

    Nothing is transliterated, since each language does it differently. Names that plain letters cannot write get a
    hash.
    """
    words = fold(name)
    if words.isascii() and words:
        return _joined(words, max_length)
    key = name_key(name)
    if not key:
        return ""
    mark = base64.b32encode(hashlib.sha256(key.encode()).digest()).decode().lower()[:MARK_LENGTH]
    plain = " ".join(word for word in words.split() if word.isascii())
    return f"{_joined(plain, max_length - MARK_LENGTH - 1)}-{mark}".strip("-")


def free_address(name: str, taken: QuerySet[Any], max_length: int = MAX_LENGTH) -> str:
    """Return a slug made from `name` that no record of the queryset `taken` has; a namesake gets a number."""
    base = address_of(name, max_length - NUMBER_LENGTH) or "record"
    used = {*taken.filter(slug__startswith=base).values_list("slug", flat=True), *RESERVED}
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    return slug


def free_address_untold(name: str, taken: QuerySet[Any], max_length: int = MAX_LENGTH) -> str:
    """Return a free slug that does not reveal how many namesakes there are: random letters replace the number."""
    base = address_of(name, max_length - NUMBER_LENGTH) or "record"
    if base not in RESERVED and not taken.filter(slug=base).exists():
        return base
    return f"{base}-{get_random_string(6, READABLE)}"


def _joined(words: str, max_length: int) -> str:
    return words.replace(" ", "-")[:max_length].strip("-")
