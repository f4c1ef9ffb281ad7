"""Guesses the family name in a person's name, for people to correct: no rule fits every name.

Signs in the name come first: capitals (“Gérard BIAU”, “LE GOFFIC Pierre”), a comma (“Biau, Gérard”), or a script that
writes the family name first. Otherwise it is the last word, with the particles before it.
"""

import re

from core.text import fold, is_unspaced

# In lower case or not, these words begin a family name: “Le Goffic”, “du Plessix”, “van der Berg”, “d'Artiguères”.
PARTICLES = frozenset(
    "al af ap av ben bin da das de dei del della den der des di do dos du el ibn la las le les lo los mac mc san santa "
    "saint sainte st ste ten ter van vom von zu zum zur".split()
)
# Between two family names: “Ortega y Gasset”.
CONNECTORS = frozenset({"y", "e", "i"})
SUFFIX = re.compile(r"^(jr|sr|junior|senior|fils|ii|iii|iv|v|phd|md|esq)\.?$", re.IGNORECASE)
# Family names of two characters; most Chinese and Korean ones have one.
LONG_FAMILIES = (
    "欧阳",
    "歐陽",
    "司马",
    "司馬",
    "诸葛",
    "諸葛",
    "上官",
    "司徒",
    "夏侯",
    "东方",
    "남궁",
    "황보",
    "제갈",
    "선우",
    "독고",
)
HAN_OR_HANGUL = re.compile("^[\u3400-\u9fff\uac00-\ud7a3]+$")
FAMILY_FIRST = re.compile("^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3々]+$")


def family_of(name: str) -> str:
    """Return the probable family name in a name, as written there."""
    before_comma, comma, after = name.partition(",")
    if comma and after.strip() and not SUFFIX.match(after.strip()):
        return before_comma.strip()
    words = [word.strip(",") for word in name.split()]
    while len(words) > 1 and SUFFIX.match(words[-1]):
        words.pop()
    if len(words) < 2:
        return _first_letters(words[0]) if words else ""
    if all(map(FAMILY_FIRST.match, words)):
        return words[0]
    return _in_capitals(words) or _last_with_particles(words)


def given_of(name: str, family: str) -> str:
    """Return the name without family name and suffix; an empty text if the family name is not in the name."""
    edge = "" if is_unspaced(family) else r"(?!\w)"
    places = list(re.finditer(rf"(?<!\w){re.escape(family)}{edge}", name, re.IGNORECASE)) if family else []
    if not places:
        return ""
    rest = f"{name[: places[-1].start()]} {name[places[-1].end() :]}".replace(",", " ").split()
    return " ".join(rest[:-1] if suffix_of(name) else rest)


def suffix_of(name: str) -> str:
    """Return a suffix such as “Jr.” or “III”, or an empty text."""
    words = name.replace(",", " ").split()
    return words[-1] if len(words) > 1 and SUFFIX.match(words[-1]) else ""


def has_family(name: str, family: str) -> bool:
    """Return whether the name contains the family name, ignoring accents and case."""
    if is_unspaced(family):
        return fold(family) in fold(name)
    return f" {fold(family)} " in f" {fold(name)} "


def _first_letters(word: str) -> str:
    """Return the family name in a name of one word, if its script shows where it ends; else the word."""
    if not HAN_OR_HANGUL.match(word) or not 2 <= len(word) <= 4:
        return word
    is_long = len(word) == 4 or (len(word) == 3 and word.startswith(LONG_FAMILIES))
    return word[:2] if is_long else word[:1]


def _in_capitals(words: list[str]) -> str:
    """Return the words in capitals if they are only a part of the name; initials do not count."""
    loud = [
        place
        for place, word in enumerate(words)
        if word.isupper() and sum(map(str.isalpha, word)) > 1 and "." not in word
    ]
    if not loud or loud[-1] - loud[0] + 1 != len(loud) or len(loud) == len(words):
        return ""
    first = loud[0]
    while first > 1 and _is_particle(words[first - 1]):
        first -= 1
    return " ".join(words[first : loud[-1] + 1])


def _last_with_particles(words: list[str]) -> str:
    first = len(words) - 1
    while first > 1 and (_is_particle(words[first - 1]) or words[first - 1] in CONNECTORS):
        first -= 2 if words[first - 1] in CONNECTORS and first > 2 else 1
    return " ".join(words[first:])


def _is_particle(word: str) -> bool:
    return fold(word) in PARTICLES
