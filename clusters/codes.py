"""The short code of a cluster, at the start of its references: POST in POST-2026-0042."""

from collections.abc import Collection
from itertools import count

from core.text import fold

LENGTH = 4
# A code ends with a letter, so that the year begins where the letters end: post20260042 can be parsed too.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def free_code(slug: str, taken: Collection[str]) -> str:
    """Return the first letters of the slug in capitals, with letters appended if that code is taken."""
    letters = "".join(sign for sign in fold(slug) if sign.isascii() and sign.isalnum()).upper()[:LENGTH]
    if letters and letters[-1].isalpha() and letters not in taken:
        return letters
    return next(code for number in count() if (code := letters + _suffix(number)) not in taken)


def _suffix(number: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    more, last = divmod(number, len(LETTERS))
    return (_suffix(more - 1) if more else "") + LETTERS[last]
