"""Finds similar names that a person should check: another spelling or language, a typing mistake, an initial.

Similarity only raises a question, and never merges records.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core.text import fold, is_unspaced, name_key

# One word per line, in the languages of institutions' names, with abbreviations.
TRANSLATIONS = (
    "university universite univ universita universitat universitat universidad",
    "institute institut inst istituto instituto",
    "school ecole schule",
    "national nationale nat",
    "superior superieure superieur",
    "center centre centro zentrum ctr",
    "research recherche recherches",
    "hospital hopital chu",
    "laboratory laboratoire lab labo",
    "foundation fondation",
    "society societe company cie compagnie co",
    "academy academie",
    "college",
    "sciences science",
    "technology technologie technologies",
)
WORD_OF = {word: words.split()[0] for words in TRANSLATIONS for word in words.split()}
OF_EVERY_INSTITUTION = frozenset(WORD_OF.values())
SILENT = frozenset("the a an of de du des la le les l d et and en in for pour".split())
# Words of a company's legal form: “Aciers du Rhône SAS” and “Aciers du Rhône” are the same name.
LEGAL_FORMS = frozenset(
    "sa sas sasu sarl eurl se sca snc scop gie ltd limited plc gmbh ag inc corp llc bv nv srl spa ооо оао пао ао зао".split()
)
LEGAL_SIGNS = ("株式会社", "有限会社", "有限公司", "股份", "주식회사")
# In a shorter word, one different letter makes another word.
MIN_LENGTH_FOR_A_MISTAKE = 4
# The number of leading letters by which the database preselects names, and the maximum of names to compare then.
BEGINNING = 4
MAX_COMPARED = 5000


def bare(name: str) -> str:
    """Return a folded name without the words of its legal form. A name with no other words keeps them."""
    words = fold(name.replace(".", "")).split()
    told = " ".join(word for word in words if word not in LEGAL_FORMS)
    for sign in LEGAL_SIGNS:
        told = told.replace(sign, "")
    return told.strip() or name_key(name)


def are_alike(one: str, other: str, *, of_people: bool = False) -> bool:
    """Return whether two names may mean the same.

    For people a given name may be missing or an initial; for institutions no word may be.
    """
    return are_words_alike(words_of(one), words_of(other), of_people=of_people)


def are_words_alike(first: list[str], second: list[str], *, of_people: bool = False) -> bool:
    """Return whether two names, given as words, may mean the same. For comparing each name with many."""
    if "".join(first) == "".join(second) or sorted(first) == sorted(second):
        return True
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < len(longer) and not (of_people and len(shorter) > 1):
        return False
    left = list(longer)
    mistakes = 0
    for word in shorter:
        match = next((w for w in left if w == word), None) or next((w for w in left if _near(w, word, of_people)), None)
        if match is None:
            return False
        mistakes += match != word
        left.remove(match)
    # At least one word has to be equal.
    return mistakes < len(shorter) or len(shorter) == 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """The words and letters of a name, computed once for comparing it with many others."""

    words: list[str]
    # The words by which to search for it.
    significant: list[str]
    # A bit mask of the letters. Letters that share a bit only make names look more alike.
    letters: int
    has_initial: bool


def sketch_of(name: str) -> Sketch:
    words = words_of(name)
    letters = 0
    for letter in "".join(words):
        letters |= 1 << (ord(letter) & 63)
    return Sketch(words, _significant(words), letters, any(len(word) == 1 for word in words))


def are_sketches_alike(one: Sketch, other: Sketch, *, of_people: bool = False) -> bool:
    """Return what `are_alike` returns for the names, in most cases by their letters alone.

    A misspelt word has at most one letter that the other name lacks, and at least one word has to be equal.
    """
    if not (one.has_initial or other.has_initial):
        shorter, longer = (one, other) if len(one.words) <= len(other.words) else (other, one)
        most = max(len(shorter.words) - 1, 1)
        if (shorter.letters & ~longer.letters).bit_count() > most:
            return False
        if len(shorter.words) == len(longer.words) and (longer.letters & ~shorter.letters).bit_count() > most:
            return False
    return are_words_alike(one.words, other.words, of_people=of_people)


def alike(records: QuerySet[Any], name: str, *, of_people: bool = False) -> list[Any]:
    """Return the records of the queryset with a similar name."""
    words = significant_words(name)
    near = Q(name_key=name_key(name))
    for word in words:
        near |= Q(name_key__contains=word if is_unspaced(word) else word[:BEGINNING])
    candidates = records.filter(near)[:MAX_COMPARED]
    return [record for record in candidates if are_alike(record.name, name, of_people=of_people)]


def significant_words(name: str) -> list[str]:
    """Return the words by which to search for a name: without those common in institutions' names, unless there are no others."""
    return _significant(words_of(name))


def words_of(name: str) -> list[str]:
    words = [WORD_OF.get(word, word) for word in bare(name).split()]
    return [word for word in words if word not in SILENT] or words


def _significant(words: list[str]) -> list[str]:
    return [word for word in words if word not in OF_EVERY_INSTITUTION] or words


def _near(one: str, other: str, of_people: bool) -> bool:
    if of_people and min(len(one), len(other)) == 1:
        return one[0] == other[0] and not is_unspaced(one)
    if min(len(one), len(other)) < MIN_LENGTH_FOR_A_MISTAKE or any(map(str.isdigit, one + other)):
        return False
    return _is_one_mistake(one, other)


def _is_one_mistake(one: str, other: str) -> bool:
    """Return whether the words differ by one missing, added or changed letter, or by two swapped neighbours."""
    shorter, longer = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(longer) - len(shorter) == 1:
        return shorter[start:] == longer[start + 1 :]
    rest, rest_of_other = shorter[start:], longer[start:]
    is_swapped = rest[:2][::-1] == rest_of_other[:2] and rest[2:] == rest_of_other[2:]
    return len(longer) == len(shorter) and (rest[1:] == rest_of_other[1:] or is_swapped)
