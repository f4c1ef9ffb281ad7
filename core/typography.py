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


def set_apostrophes(text: str) -> str:
    """Return the text with a printed apostrophe where a typewriter's stands inside a word: « d’Artiguères »."""
    return APOSTROPHE.sub("’", text)


def set_french(text: str) -> str:
    """Return French text with printed apostrophes, and with spaces that do not break before and within its signs."""
    text = set_apostrophes(text)
    for pattern, replacement in SPACES:
        text = pattern.sub(replacement, text)
    return text
