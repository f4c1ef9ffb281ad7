"""Folds text the way a reader compares it: without accents, case, ligatures or punctuation, in any script.

A key finds, sorts and raises a question. It never decides: two names with one key may be two people or two firms.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from django.utils.translation import gettext as _

# Latin letters that no decomposition writes in plain ones.
LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i"}
)
NOT_WORD = re.compile(r"[^a-z0-9]+")
# Marks that only say how to look at the letter before, and marks of vowels that Hebrew and Arabic may leave out.
UNSEEN_MARKS = re.compile(
    "[\u034f\u0640\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef\u0591-\u05c7\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06ed]"
)
# Stress and the dots of ё, which Russian may leave out; й, ї, ѓ and ќ are letters of their own.
CYRILLIC_OPTIONAL = re.compile("(?<=е)\u0308|(?<![гк])[\u0300\u0301]")
# Marks that turn the direction of what follows, and spaces without width: a title that was copied may bring them along.
DIRECTION_MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Letters by their category that stand for an apostrophe.
APOSTROPHES = re.compile("[\u02b9-\u02df]")
# Scripts that are written without spaces between words, or whose words carry their endings along.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
PIECE = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """Return `text` in small letters and digits, its words separated by one space: “Éric” is “eric”, “Ωμέγα” “ωμεγα”.

    Accents fall where readers pass over them, on Latin and Greek letters; elsewhere a mark makes another letter.
    Decomposed both before and after the case is folded: a bold or circled letter only then becomes a letter. What is
    not seen, such as a soft hyphen, does not cut a word in two.
    """
    plain = text if text.isascii() else text.translate(_plain_letters())
    return NOT_WORD.sub(" ", plain.lower()).strip() if plain.isascii() else _folded(text)


@cache
def _plain_letters() -> dict[int, str]:
    """Return what the letters and signs of our two languages fold to, for the text that has no others: most of it."""
    found = {}
    for code in (*range(0xA0, 0x180), *range(0x2000, 0x2070), ord("€")):
        between = _folded(f"a{chr(code)}a")
        if between.isascii() and between[:1] == between[-1:] == "a":
            found[code] = between[1:-1]
    return found


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = CYRILLIC_OPTIONAL.sub("", APOSTROPHES.sub(" ", UNSEEN_MARKS.sub("", decomposed)))
    letters = unicodedata.normalize("NFC", "".join(_without_accents(plain))).translate(LIGATURES)
    return " ".join("".join(c if is_of_word(c) else " " for c in map(_plain_digit, letters)).split())


def without_controls(text: str) -> str:
    """Return a text without marks of direction, and with spaces in the place of control characters."""
    seen = DIRECTION_MARKS.sub("", text)
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in seen)


def name_key(name: str, max_length: int | None = None) -> str:
    """Return the key by which a name is found and sorted.

    A name of punctuation alone keeps it, so that its key is not empty.
    """
    key = fold(name) or "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return key[:max_length]


def initial_of(key: str) -> str:
    """Return the heading under which a list files a key: a letter from A to Z, else what the others have in common."""
    first = key[:1]
    if first.isascii() and first.isalpha():
        return first.upper()
    return "0–9" if first.isdecimal() else _("Other scripts")


def is_of_word(character: str) -> bool:
    """Return whether the character is a letter, a mark on one, or a digit, in any script."""
    return unicodedata.category(character)[0] in "LMN"


def pieces(word: str) -> list[str]:
    """Return a folded word cut where a script without spaces begins or ends: “日立ai” is “日立” and “ai”."""
    return PIECE.findall(word)


def is_unspaced(piece: str) -> bool:
    """Return whether the script puts no spaces between words, so that any part of the piece may be a word."""
    return IS_UNSPACED.match(piece) is not None


def _without_accents(decomposed: str) -> Iterator[str]:
    """Yield the characters without invisible ones and without accents. A mark without a base letter is dropped too."""
    base = " "
    for character in decomposed:
        category = unicodedata.category(character)
        if category == "Cf" or category == "Me":
            continue
        if category[0] != "M":
            base = character
        elif not is_of_word(base) or _passes_over_accents(base):
            continue
        yield character


@lru_cache(maxsize=4096)
def _passes_over_accents(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "GREEK"))


def _plain_digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))
