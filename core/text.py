"""Folds text for comparison: without accents, case, ligatures or punctuation, in any script.

A folded key is used to find, to sort and to ask. It decides nothing: two names with one key may be two people or firms.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from django.utils.translation import gettext as _

# Latin letters that Unicode does not decompose into plain ones.
LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i"}
)
NOT_WORD = re.compile(r"[^a-z0-9]+")
# Variation selectors and similar marks, and vowel marks that Hebrew and Arabic may leave out.
UNSEEN_MARKS = re.compile(
    "[\u034f\u0640\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef\u0591-\u05c7\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06ed]"
)
# Stress and the dots of ё, which Russian may leave out; й, ї, ѓ and ќ are letters of their own.
CYRILLIC_OPTIONAL = re.compile("(?<=е)\u0308|(?<![гк])[\u0300\u0301]")
# Marks of writing direction and zero-width spaces, which come with copied titles.
DIRECTION_MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Modifier letters that stand for an apostrophe.
APOSTROPHES = re.compile("[\u02b9-\u02df]")
# Scripts without spaces between words, or whose words carry their endings along.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
PIECE = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """Return `text` in lower-case letters and digits, with one space between words: “Éric” is “eric”, “Ωμέγα” “ωμεγα”.

    Accents are dropped on Latin and Greek letters, where readers ignore them; in other scripts a mark makes another
    letter. The text is decomposed before and after case folding, because a bold or circled letter becomes a letter only
    then. Invisible characters, such as a soft hyphen, do not split a word.
    """
    plain = text if text.isascii() else text.translate(_plain_letters())
    return NOT_WORD.sub(" ", plain.lower()).strip() if plain.isascii() else _folded(text)


@cache
def _plain_letters() -> dict[int, str]:
    """Return a translation table for the letters and signs of French and English, which most texts consist of."""
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
    """Return the text without marks of direction, and with a space for each control character."""
    seen = DIRECTION_MARKS.sub("", text)
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in seen)


def name_key(name: str, max_length: int | None = None) -> str:
    """Return the key by which a name is found and sorted.

    A name that consists of punctuation keeps it, so that its key is not empty.
    """
    key = fold(name) or "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return key[:max_length]


def initial_of(key: str) -> str:
    """Return the heading under which a list shows this key: A to Z, “0–9” or “Other scripts”."""
    first = key[:1]
    if first.isascii() and first.isalpha():
        return first.upper()
    return "0–9" if first.isdecimal() else _("Other scripts")


def is_of_word(character: str) -> bool:
    """Return whether the character is a letter, a mark on one, or a digit, in any script."""
    return unicodedata.category(character)[0] in "LMN"


def pieces(word: str) -> list[str]:
    """Return a folded word split where a script without spaces begins or ends: “日立ai” gives “日立” and “ai”."""
    return PIECE.findall(word)


def is_unspaced(piece: str) -> bool:
    """Return whether the piece is in a script without spaces, so that any part of it may be a word."""
    return not piece.isascii() and IS_UNSPACED.match(piece) is not None


def _without_accents(decomposed: str) -> Iterator[str]:
    """Yield the characters without invisible ones and accents. A mark without a base letter is dropped too."""
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
