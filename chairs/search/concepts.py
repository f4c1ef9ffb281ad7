"""The vocabulary that staff edit: words with the same meaning, and which of them a query contains.

"apprentissage profond" and "deep learning" are terms of one concept. A query is cut into the longest terms that it
contains; each may also be found by the other terms of its concepts. Some terms are only related: "lidar" leads to
"radar", and "radar" not back.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from chairs.cards.directory import Directory
from chairs.models import Concept, SearchWord
from chairs.models.concept import RELATED, lines_of
from core.tokenizer import FUNCTION, query_words, spellings, stems, written_words

# Words this short are mostly abbreviations, which have no inflections but a plural: LLMs.
MAX_ABBREVIATION = 3
# How many other terms to look for per term: each costs an index lookup.
MAX_OTHERS = 24
# How many other terms per term are added to the query for the comparison by meaning.
MAX_ALSO = 4
# A directory with more words has nearly all of the vocabulary's, and to look through them takes longer than it spares.
MAX_WORDS = 20_000
# Inflections of a word share at least these first letters.
ALIKE = 3
# A stem of another term may lack so many letters of its word, and not be shorter than this.
MAX_ENDING, MIN_STEM = 1, 4
# How many terms of a query also get other terms: each costs about twenty lookups, and a longer query is precise enough.
MAX_UNITS = 8


@dataclass(frozen=True)
class Term:
    """A term of the vocabulary, as written, and the words that a chair must have to match it."""

    text: str
    words: tuple[str, ...]
    concept: int
    language: str
    # Whether it is only looked for under the concept's own terms.
    is_related: bool = False


@dataclass(frozen=True)
class Unit:
    """Words of a query that form a term, with the other terms that may match instead."""

    words: tuple[str, ...]
    # The term as the vocabulary writes it; empty for words that are no term.
    said: str = ""
    # Those that some chair has.
    others: tuple[Term, ...] = ()
    # The first few of all, for the comparison by meaning.
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concepts:
    """The whole vocabulary, indexed by the first words of its terms, but for those that are only related."""

    terms: Sequence[Term] = ()
    # By each stem of a term's first word, the longest terms first.
    beginning: dict[str, list[Term]] = field(default_factory=dict)
    # By the first letters of a term's first word.
    alike: dict[str, list[Term]] = field(default_factory=dict)
    of_concept: dict[int, list[Term]] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    # The texts of the terms that no chair has: they are not looked for.
    absent: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> "Concepts":
        """Build the vocabulary from the English and the French words of each concept, as stored."""
        terms = [term for number, row in enumerate(rows) for term in _terms(number, *row)]
        beginning: defaultdict[str, list[Term]] = defaultdict(list)
        alike: defaultdict[str, list[Term]] = defaultdict(list)
        of_concept: defaultdict[int, list[Term]] = defaultdict(list)
        own = [term for term in terms if not term.is_related]
        for term in sorted(own, key=lambda term: -len(term.words)):
            for stem in stems(term.words[0]):
                beginning[stem].append(term)
        for term in own:
            alike[term.words[0][:ALIKE]].append(term)
        # The related ones last, behind what has the same meaning.
        for term in sorted(terms, key=lambda term: term.is_related):
            of_concept[term.concept].append(term)
        known = frozenset(stem for term in terms for word in term.words for stem in stems(word))
        return cls(terms, dict(beginning), dict(alike), dict(of_concept), known)

    def units(self, words: list[str]) -> list[Unit]:
        """Cut the words of a query into the longest terms; a word that is no term is a unit by itself."""
        units: list[Unit] = []
        place = 0
        while place < len(words):
            found = self._at(words, place)
            length = len(found[0].words) if found else 1
            if not found and (joined := self._joined(words, place)):
                found, length = joined, 2
            taken = tuple(words[place : place + length])
            known = found and sum(bool(unit.also) for unit in units) < MAX_UNITS
            units.append(self._unit(found, taken) if known else Unit(taken))
            place += length
        return units

    def absent_from(self, words: Iterable[str]) -> frozenset[str]:
        """Return the terms with a word that is none of these, nor an inflection of one. Only words of letters are told."""
        known = {form for word in words for form in (word, *stems(word))}
        return frozenset(
            term.text
            for term in self.terms
            if any(word.isalpha() and known.isdisjoint(inflections(word)) for word in term.words)
        )

    def knows(self, word: str) -> bool:
        """Return whether a folded word is in a term, and so is spelt correctly."""
        return not self.stems.isdisjoint(stems(word))

    def begun_by(self, words: Sequence[str]) -> list[Term]:
        """Return the terms, in either language, that start with these words; the last word may be unfinished."""
        return [term for term in self.alike.get(words[0][:ALIKE], ()) if _is_begun(words, term.words)]

    def preferred(self, concept: int, language: str) -> Term:
        """Return the first term of a concept in a language, or in the other language if it has none."""
        terms = [term for term in self.of_concept[concept] if not term.is_related]
        return next((term for term in terms if term.language == language), terms[0])

    def written(self, language: str) -> dict[str, str]:
        """Return the spelling of each word in a language's terms, by folded word."""
        of_language = [word for term in self.terms if term.language == language for word in written_words(term.text)]
        return spellings(of_language)

    def _at(self, words: list[str], place: int) -> list[Term]:
        """Return the longest terms that begin at this place of the query."""
        longest: list[Term] = []
        candidates = [term for stem in stems(words[place]) for term in self.beginning.get(stem, ())]
        for term in sorted(dict.fromkeys(candidates), key=lambda term: -len(term.words)):
            if longest and len(term.words) < len(longest[0].words):
                break
            if _are_same(words[place : place + len(term.words)], term.words):
                longest.append(term)
        exact = [term for term in longest if term.words == (words[place],)]
        # GPS is no plural of GP.
        return exact if exact and len(words[place]) <= MAX_ABBREVIATION else longest

    def _joined(self, words: list[str], place: int) -> list[Term]:
        """Return the terms that two words form when joined: "cyber security"."""
        pair = words[place : place + 2]
        return self._at(["".join(pair)], 0) if len(pair) == 2 and "".join(pair).isalpha() else []

    def _unit(self, found: list[Term], taken: tuple[str, ...]) -> Unit:
        others = self._others(found, taken)
        here = [term for term in others if term.text not in self.absent]
        return Unit(taken, found[0].text, tuple(here[:MAX_OTHERS]), tuple(term.text for term in others[:MAX_ALSO]))

    def _others(self, found: list[Term], taken: tuple[str, ...]) -> list[Term]:
        seen = [taken]
        others = []
        for term in (other for one in found for other in self.of_concept[one.concept]):
            if not any(_are_same(term.words, words) for words in seen):
                seen.append(term.words)
                others.append(term)
        return sorted(others, key=lambda term: term.is_related)


NONE = Concepts()


def concepts_of(directory: Directory) -> Concepts:
    """Return the vocabulary, cached with the directory until one of its entries changes, or a word of the chairs."""

    def read() -> Concepts:
        return Concepts.of(Concept.objects.order_by("pk").values_list("words_en", "words_fr"))

    def read_absent() -> Concepts:
        words = list(SearchWord.objects.order_by().values_list("word", flat=True)[: MAX_WORDS + 1])
        return concepts if len(words) > MAX_WORDS else replace(concepts, absent=concepts.absent_from(words))

    tables = [Concept._meta.db_table, SearchWord._meta.db_table]
    concepts: Concepts = directory.keep(tables[:1], "concepts", read)
    known: Concepts = directory.keep(tables, "concepts that chairs have", read_absent)
    return known


def inflections(word: str) -> tuple[str, ...]:
    """Return the index terms of a word from the vocabulary, without stems that cut off much, such as doctor of doctorate."""
    near = [stem for stem in stems(word) if len(stem) >= max(len(word) - MAX_ENDING, MIN_STEM)]
    # "procès" is its own plural: with another s it would be the stem of "processing".
    plural = word if word.endswith("s") else f"{word}s"
    return tuple(dict.fromkeys([word, plural, *near]))


def _terms(concept: int, words_en: str, words_fr: str) -> Iterable[Term]:
    for language, lines in (("en", words_en), ("fr", words_fr)):
        for text in lines_of(lines):
            words = tuple(word for word in query_words(text) if not word.startswith(f"{FUNCTION}_"))
            if words:
                written = text.removeprefix(RELATED).strip()
                yield Term(written, words, concept, language, is_related=text.startswith(RELATED))


def _are_same(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether each word is an inflection of the other at its place."""
    return len(words) == len(others) and all(map(_is_same, words, others))


def _is_same(word: str, other: str) -> bool:
    if word == other:
        return True
    if min(len(word), len(other)) <= MAX_ABBREVIATION:
        return other in (f"{word}s", word.removesuffix("s"))
    return not set(stems(word)).isdisjoint(stems(other))


def _is_begun(words: Sequence[str], term: Sequence[str]) -> bool:
    *whole, last = words
    if len(words) > len(term) or not all(map(_is_like, whole, term)):
        return False
    there = term[len(whole)]
    return there.startswith(last) or (len(words) == len(term) and _is_like(last, there))


def _is_like(word: str, other: str) -> bool:
    """Return whether one word is an inflection of the other. Comparing the first letters first is faster."""
    return word[:ALIKE] == other[:ALIKE] and _is_same(word, other)
