"""French typography: apostrophes, and the non-breaking spaces around punctuation.

Source: Imprimerie nationale, « Lexique des règles typographiques en usage à l’Imprimerie nationale ».
"""

import re
import unicodedata

SPACE, NARROW_SPACE = "\u00a0", "\u202f"
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W_]|[«%{&])")
# Only a typed space becomes non-breaking. None is inserted, since titles and names in other languages
# (“Responsible AI: Design”, “Hi! PARIS”) have none.
SPACES = [
    (re.compile(r"(?<=\S) (?=[:;!?»])"), SPACE),
    (re.compile(r"« ?(?=[^\s])"), f"«{SPACE}"),
    (re.compile(r"(?<=[^\s])»"), f"{SPACE}»"),
    (re.compile(r"(?<=\d) (?=[%€])"), SPACE),
    # Between groups of digits: 180 000.
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW_SPACE),
]


# A date in words: 3 novembre 2026, 1er mars 2026, 3 November 2026.
DAY = re.compile(r"\b(\d{1,2}(?:er)?) ([^\W\d_]{3,10}) (\d{4})\b")


# The first letter of a text that may begin with tags: a vowel, or a Y before a consonant (Yves, not Yann). No H, because
# only a dictionary knows which are silent.
BEGINS_WITH_VOWEL = re.compile(r"(?:<[^<>]*>|\s)*(?:[aeiouæœ]|y[^\W\daeiouy])", re.IGNORECASE)


def keep_days_together(text: str) -> str:
    """Return the text with non-breaking spaces inside dates."""
    return DAY.sub(rf"\1{SPACE}\2{SPACE}\3", text)


def set_apostrophes(text: str) -> str:
    """Return the text with typographic apostrophes inside words: « d’Artiguères »."""
    return APOSTROPHE.sub("’", text)


def set_french(text: str) -> str:
    """Return French text with typographic apostrophes, and non-breaking spaces at its punctuation and in numbers."""
    text = set_apostrophes(text)
    for pattern, replacement in SPACES:
        text = pattern.sub(replacement, text)
    return text


def elides(text: str) -> bool:
    """Return whether « de » becomes « d’ » before the text."""
    return BEGINS_WITH_VOWEL.match(unicodedata.normalize("NFD", text)) is not None
