"""How French text is set: its apostrophes, and the spaces that belong to its signs.

Source: Imprimerie nationale, « Lexique des règles typographiques en usage à l’Imprimerie nationale ».
"""

import re

SPACE, NARROW_SPACE = "\u00a0", "\u202f"
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W_]|[«%{&])")
# A space that was typed becomes one that does not break; none is put where none stood, since a title or a name in
# another language (“Responsible AI: Design”, “Hi! PARIS”) has none.
SPACES = [
    (re.compile(r"(?<=\S) (?=[:;!?»])"), SPACE),
    (re.compile(r"« ?(?=[^\s])"), f"«{SPACE}"),
    (re.compile(r"(?<=[^\s])»"), f"{SPACE}»"),
    (re.compile(r"(?<=\d) (?=[%€])"), SPACE),
    # The groups of a number: 180 000.
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW_SPACE),
]


# A day in words: 3 novembre 2026, 1er mars 2026, 3 November 2026.
DAY = re.compile(r"\b(\d{1,2}(?:er)?) ([^\W\d_]{3,10}) (\d{4})\b")


def keep_days_together(text: str) -> str:
    """Return the text with days that do not break at the end of a line."""
    return DAY.sub(rf"\1{SPACE}\2{SPACE}\3", text)


def set_apostrophes(text: str) -> str:
    """Return the text with a printed apostrophe where a typewriter's stands inside a word: « d’Artiguères »."""
    return APOSTROPHE.sub("’", text)


def set_french(text: str) -> str:
    """Return French text with printed apostrophes, and with spaces that do not break before and within its signs."""
    text = set_apostrophes(text)
    for pattern, replacement in SPACES:
        text = pattern.sub(replacement, text)
    return text
