"""Text compared the way a reader compares it: without accents, case, ligatures or punctuation."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Answer `text` in plain lower-case letters and digits, its words separated by one space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(LIGATURES)
    return NOT_WORD.sub(" ", plain).strip()
