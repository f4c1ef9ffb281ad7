"""Corrects a misspelt word from the directory's own words."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from operator import itemgetter
from os.path import commonprefix

from chairs.cards.directory import directory
from chairs.models import Concept, SearchWord
from chairs.search.concepts import concepts_of
from chairs.search.documents import ALL_LANGUAGES, BITS
from core.languages import content_language

# Too many words are one mistake away from a short word, and the right word is mostly longer than the typed one.
MIN_CORRECTED_LENGTH, MIN_RIGHT_LENGTH = 4, 5
MIN_LENGTH_FOR_TWO_MISTAKES = 8
OFFERED = 3
# Two words without the space between them: each is at least so long.
MIN_HALF = 4

# The values of `languages` that have a language's bit.
HAVING = {code: [number for number in range(ALL_LANGUAGES + 1) if number & bit] for code, bit in BITS.items()}

LATIN_LETTERS = 26
# Letters of other scripts and digits share these bits.
OTHER_LETTERS = 5
PAIRS = 64


class Words:
    """The vocabulary in memory, to compare with a word: about 30 bytes per word."""

    def __init__(self, words: Iterable[str]):
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in words:
            by_length[len(word)].append(word)
        # By length: the words joined in one text, and for each word its masks of letters and of pairs of letters.
        self._texts = {length: "".join(words) for length, words in by_length.items()}
        self._letters = {length: array("Q", map(letters_of, words)) for length, words in by_length.items()}
        self._pairs = {length: array("Q", map(pairs_of, words)) for length, words in by_length.items()}

    def near(self, word: str, mistakes: int) -> Iterator[str]:
        """Yield the words that may be this one with so many mistakes: all that are, and few others."""
        letters, pairs = letters_of(word), pairs_of(word)
        for length in range(len(word) - mistakes, len(word) + mistakes + 1):
            all_letters, all_pairs = self._letters.get(length, ()), self._pairs.get(length, ())
            # A mistake changes at most two letters of the mask, and six pairs.
            near = [place for place, mask in enumerate(all_letters) if (mask ^ letters).bit_count() <= 2 * mistakes]
            for place in near:
                if (all_pairs[place] ^ pairs).bit_count() <= 6 * mistakes:
                    yield self._texts[length][place * length : (place + 1) * length]


def letters_of(word: str) -> int:
    """Return a mask with a bit for each letter of the word, and another for each letter that occurs twice."""
    once = twice = 0
    for letter in word:
        place = ord(letter) - ord("a")
        bit = 1 << (place if 0 <= place < LATIN_LETTERS else LATIN_LETTERS + place % OTHER_LETTERS)
        twice |= once & bit
        once |= bit
    return once | twice << (LATIN_LETTERS + OTHER_LETTERS)


def pairs_of(word: str) -> int:
    """Return a mask with a bit for each pair of adjacent letters; some pairs share a bit."""
    found = 0
    for pair in pairwise(f" {word} "):
        found |= 1 << hash(pair) % PAIRS
    return found


def corrections(word: str) -> list[tuple[int, str]]:
    """Return the nearest words of the reader's language, the best first, each with its number of mistakes.

    They come from the chairs and from the vocabulary that staff edit. A missing space is a mistake, too.
    """
    if len(word) < MIN_CORRECTED_LENGTH:
        return []
    candidates, kept_by_staff = _vocabulary(content_language())
    nearest = _nearest(word, candidates)
    halves = [(word[:place], word[place:]) for place in range(MIN_HALF, len(word) - MIN_HALF + 1)]
    words = SearchWord.objects.filter(word__in=[*(near for _mistakes, near in nearest), *chain.from_iterable(halves)])
    written = kept_by_staff | dict(words.values_list("word", "written"))
    whole = [(mistakes, written[near]) for mistakes, near in nearest if near in written]
    cut = [(1, f"{written[first]} {written[last]}") for first, last in halves if first in written and last in written]
    return sorted([*whole, *cut], key=itemgetter(0))[:OFFERED]


def _nearest(word: str, candidates: Words) -> list[tuple[int, str]]:
    """Return the few words with the fewest mistakes. The first letters of a misspelt word are mostly right.

    With two mistakes, the first letter is the same, or these are two words.
    """
    allowed = 2 if len(word) >= MIN_LENGTH_FOR_TWO_MISTAKES else 1
    found = []
    for candidate in candidates.near(word, allowed):
        limit = allowed if candidate[0] == word[0] else 1
        mistakes = distance(word, candidate, limit)
        if 0 < mistakes <= limit and len(candidate) >= MIN_RIGHT_LENGTH:
            found.append((mistakes, -len(commonprefix([word, candidate])), candidate))
    return [(mistakes, near) for mistakes, _beginning, near in sorted(found)[:OFFERED]]


def _vocabulary(language: str) -> tuple[Words, dict[str, str]]:
    """Return the words of a language, cached with the directory until one changes, and the staff's spellings."""
    kept = directory()

    def read() -> tuple[Words, dict[str, str]]:
        by_staff = concepts_of(kept).written(language)
        words = SearchWord.objects.filter(languages__in=HAVING[language])
        return Words({*words.values_list("word", flat=True).iterator(), *by_staff}), by_staff

    tables = [SearchWord._meta.db_table, Concept._meta.db_table]
    found: tuple[Words, dict[str, str]] = kept.keep(tables, f"words {language}", read)
    return found


def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters are missing, extra, wrong or swapped with their neighbour; limit + 1 if more than `limit`."""
    beyond = limit + 1
    before_last: list[int] = []
    last = [min(place, beyond) for place in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        # Letters further apart than the limit are not compared.
        row = [beyond] * (len(other) + 1)
        row[0] = min(i, beyond)
        for j in range(max(1, i - limit), min(len(other), i + limit) + 1):
            other_letter = other[j - 1]
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, before_last[j - 2] + 1)
            row[j] = min(cost, beyond)
        if min(row) > limit and min(last) > limit:
            return beyond
        before_last, last = last, row
    return last[-1]
