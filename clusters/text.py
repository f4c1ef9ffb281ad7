"""Text compared the way a reader compares it: without accents, case, ligatures or punctuation."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Answer `text` in plain lower-case letters and digits, its words separated by one space.

    Decomposed both before and after the case is folded: a bold or circled letter only then becomes a letter. What is
    not seen, such as a soft hyphen, does not cut a word in two.
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        seen = (c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
        text = "".join(seen).translate(LIGATURES)
    return NOT_WORD.sub(" ", text.lower()).strip()
