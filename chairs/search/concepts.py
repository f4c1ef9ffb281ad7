"""The vocabulary that staff keep: which words stand for one another, and which of them a query has.

"apprentissage profond" and "deep learning" are terms of one concept. A query is cut into the longest terms that it has;
each of those may also be found by the other terms of its concepts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chairs.cards.directory import Directory
from chairs.models import Concept
from chairs.models.concept import lines_of
from core.tokenizer import FUNCTION, query_words, spellings, stems, written_words

# Words so short are mostly abbreviations, and have no endings.
MAX_ABBREVIATION = 3
# Of one term so many others are looked for: each costs one look into the index.
MAX_OTHERS = 24
# Inflections of a word have their first letters in common; nothing is looked for that has fewer.
ALIKE = 3
# So many terms of a query are looked for by others too. Who writes more has said enough, and each costs twenty looks.
MAX_UNITS = 8


@dataclass(frozen=True)
class Term:
    """A word, or several, as the vocabulary writes it, and the words that a chair must have to be found by it."""

    text: str
    words: tuple[str, ...]
    concept: int
    language: str


@dataclass(frozen=True)
class Unit:
    """Words of a query that belong together, with the terms by which a chair may be found instead."""

    words: tuple[str, ...]
    # What the vocabulary calls it; nothing where it knows no such term.
    said: str = ""
    others: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Concepts:
    """The whole vocabulary, by what its terms begin with."""

    terms: Sequence[Term] = ()
    # Under each stem of their first word, the longest first.
    beginning: dict[str, list[Term]] = field(default_factory=dict)
    # Under the first letters of their first word.
    alike: dict[str, list[Term]] = field(default_factory=dict)
    of_concept: dict[int, list[Term]] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> "Concepts":
        """Make it of the English and the French words of each concept, as they are kept."""
        terms = [term for number, row in enumerate(rows) for term in _terms(number, *row)]
        beginning: defaultdict[str, list[Term]] = defaultdict(list)
        alike: defaultdict[str, list[Term]] = defaultdict(list)
        of_concept: defaultdict[int, list[Term]] = defaultdict(list)
        for term in sorted(terms, key=lambda term: -len(term.words)):
            for stem in stems(term.words[0]):
                beginning[stem].append(term)
        for term in terms:
            alike[term.words[0][:ALIKE]].append(term)
            of_concept[term.concept].append(term)
        known = frozenset(stem for term in terms for word in term.words for stem in stems(word))
        return cls(terms, dict(beginning), dict(alike), dict(of_concept), known)

    def units(self, words: list[str]) -> list[Unit]:
        """Cut the words of a query into terms, the longest first; what is no term stands by itself."""
        units: list[Unit] = []
        place = 0
        while place < len(words):
            found = self._at(words, place)
            length = len(found[0].words) if found else 1
            if not found and (joined := self._joined(words, place)):
                found, length = joined, 2
            taken = tuple(words[place : place + length])
            known = found and sum(bool(unit.others) for unit in units) < MAX_UNITS
            units.append(Unit(taken, found[0].text, self._others(found, taken)) if known else Unit(taken))
            place += length
        return units

    def knows(self, word: str) -> bool:
        """Return whether a folded word stands in any term: then it is spelt as it should be."""
        return not self.stems.isdisjoint(stems(word))

    def begun_by(self, words: Sequence[str]) -> list[Term]:
        """Return the terms that the words may be the beginning of, in either language; the last word may be unfinished."""
        return [term for term in self.alike.get(words[0][:ALIKE], ()) if _is_begun(words, term.words)]

    def preferred(self, concept: int, language: str) -> Term:
        """Return what a concept is called first in a language; in another where it has no word in this one."""
        terms = self.of_concept[concept]
        return next((term for term in terms if term.language == language), terms[0])

    def written(self, language: str) -> dict[str, str]:
        """Return how the terms of a language write their words, by the folded word."""
        of_language = [word for term in self.terms if term.language == language for word in written_words(term.text)]
        return spellings(of_language)

    def _at(self, words: list[str], place: int) -> list[Term]:
        """Return the longest terms that the words have from this place on."""
        longest: list[Term] = []
        candidates = [term for stem in stems(words[place]) for term in self.beginning.get(stem, ())]
        for term in sorted(dict.fromkeys(candidates), key=lambda term: -len(term.words)):
            if longest and len(term.words) < len(longest[0].words):
                break
            if _are_same(words[place : place + len(term.words)], term.words):
                longest.append(term)
        return longest

    def _joined(self, words: list[str], place: int) -> list[Term]:
        """Return the terms that two words make if they are written as one: "cyber security"."""
        pair = words[place : place + 2]
        return self._at(["".join(pair)], 0) if len(pair) == 2 and "".join(pair).isalpha() else []

    def _others(self, found: list[Term], taken: tuple[str, ...]) -> tuple[Term, ...]:
        seen = [taken]
        others = []
        for term in (other for one in found for other in self.of_concept[one.concept]):
            if not any(_are_same(term.words, words) for words in seen):
                seen.append(term.words)
                others.append(term)
        return tuple(others[:MAX_OTHERS])


NONE = Concepts()


def concepts_of(directory: Directory) -> Concepts:
    """Return the vocabulary, kept with the directory until one of its entries is written or removed."""

    def read() -> Concepts:
        return Concepts.of(Concept.objects.order_by("pk").values_list("words_en", "words_fr"))

    concepts: Concepts = directory.keep([Concept._meta.db_table], "concepts", read)
    return concepts


def _terms(concept: int, words_en: str, words_fr: str) -> Iterable[Term]:
    for language, lines in (("en", words_en), ("fr", words_fr)):
        for text in lines_of(lines):
            words = tuple(word for word in query_words(text) if not word.startswith(f"{FUNCTION}_"))
            if words:
                yield Term(text, words, concept, language)


def _are_same(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether words are inflections of others, one by one."""
    return len(words) == len(others) and all(map(_is_same, words, others))


def _is_same(word: str, other: str) -> bool:
    if word == other:
        return True
    if min(len(word), len(other)) <= MAX_ABBREVIATION:
        return False
    return not set(stems(word)).isdisjoint(stems(other))


def _is_begun(words: Sequence[str], term: Sequence[str]) -> bool:
    *whole, last = words
    if len(words) > len(term) or not all(map(_is_like, whole, term)):
        return False
    there = term[len(whole)]
    return there.startswith(last) or (len(words) == len(term) and _is_like(last, there))


def _is_like(word: str, other: str) -> bool:
    """Return whether one is an inflection of the other; those that begin otherwise are not looked at further."""
    return word[:ALIKE] == other[:ALIKE] and _is_same(word, other)
