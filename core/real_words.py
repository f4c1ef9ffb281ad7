"""Tells real words of French and English from misspelt ones: a word that no chair has is not a mistake for that.

`real_words.txt` holds some fifty thousand common words of four letters or more, folded, without plurals, one a line and
in order; docs/decisions/real-words.md says where they are from. It is mapped into memory, so that all processes share it.
"""

import mmap
from functools import cache
from pathlib import Path

LINES = Path(__file__).parent / "real_words.txt"
# Names of sectors that no list of words has: "proptech" is not a misspelt "protect".
SECTOR = "tech"


def is_real(word: str) -> bool:
    """Return whether a folded word is a common one, or its plural."""
    return word.endswith((SECTOR, f"{SECTOR}s")) or _has(word) or _has(word.removesuffix("s"))


def _has(word: str) -> bool:
    return _lines().find(f"\n{word}\n".encode()) >= 0


@cache
def _lines() -> mmap.mmap:
    with LINES.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
