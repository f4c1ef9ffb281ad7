"""The tokenizer of the search: indexed texts and queries are split, folded and stemmed by the same code."""

import re
import threading
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import Stemmer

from core.text import fold, is_of_word, is_unspaced, pieces

# Longer than any word of either language; PostgreSQL refuses a lexeme of 2 KB.
MAX_TERM_LENGTH = 64
# A query is a few words. The rest of a longer one is ignored, so that a megabyte costs no more than a line.
MAX_QUERY_LENGTH = 1000
MAX_QUERY_WORDS = 32
# Few words make up most of any text, so their tokens are cached in each process; stems, which cost most, for more words;
# and what stands between two spaces for so much that a rebuild of the index reads each only once.
WORDS_KEPT = 2_000
STEMMED_WORDS_KEPT = 5_000
RUNS_KEPT = 200_000

# Function words, as they are written, which a query can do without. Not included, although they are articles or verbs
# in one of the languages: "ai" (the subject of this directory), "son" (sound), "est" (east), "ete"
# (summer), "avions" (aircraft), "car", "or", "an".
STOP_WORDS = frozenset(
    # Elided forms before or after an apostrophe, in French and in English.
    "c d j l m n s t qu ll re ve "
    "au aux avec ce ces cette dans de des du elle elles en et eux il ils je la le les leur leurs lui mais me meme mes "
    "mon ne nos notre nous ou par pas pour qui que sa se ses sur ta te tes toi tu un une vos votre vous "
    # As they are written: "meme" alone does not recognise "même". Then the words that questions begin with.
    "à dès où même mêmes comment pourquoi quand quel quelle quels quelles "
    "a am and are as at be been being but by can did do does for from had has have he her his how i in into is it its "
    "my no nor not of on our she so some such than that the their them then there these they this those to too was we "
    "were what when where which who whom why will with you your".split()
)

# The prefix of a function word's term, which keeps it apart from the others.
FUNCTION = "s"
# A word as written, before folding.
WRITTEN_WORD = re.compile(r"[^\W_]+")

# Letters each followed by a dot are one word: "A.I." is AI.
DOTTED = re.compile(r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\b\.?")

# Folded endings that the French stemmer does not recognise, each with the one that it does: without its accent, in English,
# or of a woman, whose trade is to be found with a man's (chercheuse, professeure, agricultrice, infirmière). Those of learned trades
# become the ending of their science: oncologist, cancérologue, statistician, agronomist, psychiatrist.
KNOWN_ENDINGS = {
    **{"ites": "ités", "ite": "ité", "ities": "ités", "ity": "ité", "ees": "ées", "ee": "ée"},
    **{
        "euses": "eurs",
        "euse": "eur",
        "eures": "eurs",
        "eure": "eur",
        "trices": "teurs",
        "trice": "teur",
        "ieres": "ières",
        "iere": "ière",
    },
    **{"logues": "logie", "logue": "logie", "logists": "logie", "logist": "logie", "logy": "logie"},
    **{"iciens": "ique", "icien": "ique", "iciennes": "ique", "icienne": "ique", "icians": "ique", "ician": "ique"},
    **{"graphy": "graphie", "nomists": "nomie", "nomist": "nomie", "nomy": "nomie"},
    **{"iatrists": "iatrie", "iatrist": "iatrie", "iatry": "iatrie", "iatricians": "iatrie", "iatrician": "iatrie"},
}

# Folded words that must not be found by their stem, which means something else; each with the word that replaces the stem.
FAMILIES = {
    fold(word): fold(family["words"].split()[0])
    for family in tomllib.loads((Path(__file__).parent / "word_families.toml").read_text("utf-8"))["families"]
    for word in family["words"].split()
}
# The suffix of a stem that equals a word of a family, when the stemmed word belongs to no family.
NO_FAMILY = "0"

# Without their own caches: `stems` is cached.
_french = Stemmer.Stemmer("french", 0)
_english = Stemmer.Stemmer("english", 0)
_stemming = threading.Lock()


@lru_cache(maxsize=STEMMED_WORDS_KEPT)
def stems(word: str) -> tuple[str, ...]:
    """Return the word's French and English stems, without duplicates.

    `word` is folded, so that accents do not separate two forms.
    """
    if word in FAMILIES:
        return (FAMILIES[word],)
    with _stemming:  # a stemmer has internal state: one thread at a time
        found = [_french.stemWord(word), _english.stemWord(word)]
        if (known := _with_known_ending(word)) != word:
            found.append(fold(_french.stemWord(known)))
    return tuple(dict.fromkeys(_apart(stem[:MAX_TERM_LENGTH] or word) for stem in found))


def _apart(stem: str) -> str:
    """Return a stem that differs from all words of families: "doctorate" does not find "doctor", but finds "doctoral"."""
    return stem + NO_FAMILY if stem in FAMILIES else stem


def _with_known_ending(word: str) -> str:
    """Return the word with an ending that the French stemmer knows: "university" has the stem of "université"."""
    if not word.endswith(tuple(KNOWN_ENDINGS)):
        return word
    ending = next(filter(word.endswith, KNOWN_ENDINGS))
    return word.removesuffix(ending) + KNOWN_ENDINGS[ending]


@lru_cache(maxsize=WORDS_KEPT)
def folded(written: str) -> tuple[str, ...]:
    """Return the written word folded: several words if another script begins inside it."""
    return tuple(piece[:MAX_TERM_LENGTH] for word in fold(written).split() for piece in pieces(word))


def pairs(piece: str) -> list[str]:
    """Return the pairs of neighbouring characters of a text in a script without spaces.

    They find any part of the text, but not two characters that are far apart.
    """
    return ["".join(pair) for pair in pairwise(piece)] or [piece]


class _Seen(dict[int, int | str | None]):
    """The translation table of `str.translate`: characters of words stay, invisible ones are dropped, others become spaces."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = code if is_of_word(chr(code)) else None if unicodedata.category(chr(code)) == "Cf" else " "
        return self[code]


_seen = _Seen()


def written_words(text: str) -> list[str]:
    """Return the text's words as written, in order. Invisible characters do not split a word."""
    return [word for word in cut(text) if folded(word)]


def cut(text: str) -> list[str]:
    """Return the text's words, including those that fold to nothing, such as a lone accent, which make no term."""
    if "." in text:
        text = DOTTED.sub(_without_dots, text)
    if text.isascii():
        return WRITTEN_WORD.findall(text)
    return unicodedata.normalize("NFKC", text).translate(_seen).split()


def _without_dots(abbreviation: re.Match[str]) -> str:
    return abbreviation[0].replace(".", "") + " "


class Parsed(NamedTuple):
    """What a run says: its terms, and its folded words that have a spelling, with these spellings."""

    terms: tuple[str, ...]
    words: tuple[str, ...]
    spelt: tuple[str, ...]


@lru_cache(maxsize=RUNS_KEPT)
def parsed(run: str) -> Parsed:
    """Parse a run: the part of a text between two spaces, with its punctuation (“l'IA,”). No term goes beyond it."""
    written = cut(run)
    spelt = spellings(written)
    return Parsed(tuple(terms(written)), tuple(spelt), tuple(spelt.values()))


def is_function_word(written: str) -> bool:
    """Return whether the word is a function word, which a text can do without.

    Its accents count: "these" is one in English, the French "thèse" is not.
    """
    return written.lower() in STOP_WORDS


def terms(words: Iterable[str]) -> set[str]:
    """Return all terms by which a text of these written words is found."""
    return set(chain.from_iterable(map(_terms, words)))


@lru_cache(maxsize=WORDS_KEPT)
def unstemmed(written: str) -> tuple[str, ...]:
    """Return the terms of a written word, without its stems."""
    found: list[str] = []
    for word in folded(written):
        if is_unspaced(word):
            found += [*word, *pairs(word)]
        else:
            found.append(function_term(word) if is_function_word(written) else word)
    return tuple(found)


@lru_cache(maxsize=WORDS_KEPT)
def _terms(written: str) -> tuple[str, ...]:
    """Return the terms of a written word: the word and its stems; a function word only as itself.

    In a script without spaces: each character, and each pair of neighbours.
    """
    found = [[term, *stems(term)] if has_stems(term) else [term] for term in unstemmed(written)]
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def has_stems(term: str) -> bool:
    """Return whether a term has stems: it is no function word, and not in a script without spaces."""
    return not term.startswith(f"{FUNCTION}_") and not is_unspaced(term)


def function_term(word: str) -> str:
    return f"{FUNCTION}_{word}"


def query_words(query: str) -> list[str]:
    """Return the terms that a chair must have to be found: without function words, unless there are no others."""
    chosen = [term for word in asked_words(query) for term in looked_for(word)]
    return list(dict.fromkeys(chosen))[:MAX_QUERY_WORDS]


def looked_for(word: str) -> list[str]:
    """Return the terms that a folded word requires, all of them."""
    return pairs(word) if is_unspaced(word) else [word]


def asked_words(query: str) -> list[str]:
    """Return the folded words of a query that count: without function words, unless there are no others."""
    asked = written_words(query[:MAX_QUERY_LENGTH])
    telling = [word for written in asked if not is_function_word(written) for word in folded(written)]
    return telling or [function_term(word) for written in asked for word in folded(written)]


def finders(words: list[str]) -> list[tuple[str, ...]]:
    """Return for each word of a query a tuple of terms, any of which finds the word.

    Two neighbouring words may also be written as one: "cyber security", "multi-modal".
    """
    joined = [(), *(_joined(*pair) for pair in pairwise(words)), ()]
    return [
        tuple(dict.fromkeys([*_finders(word), *joined[place], *joined[place + 1]])) for place, word in enumerate(words)
    ]


def _finders(word: str) -> tuple[str, ...]:
    if word.startswith(f"{FUNCTION}_"):
        return (word, *stems(word.removeprefix(f"{FUNCTION}_")))
    return stems(word)


def _joined(first: str, second: str) -> tuple[str, ...]:
    """Return the stems of two words written as one; without those that lose most of the second, as “masters” of “master santé”."""
    word = f"{first}{second}"
    if not word.isalpha():
        return ()
    return tuple(stem for stem in stems(word) if len(stem) >= len(first) + (len(second) + 1) // 2)


def spellings(words: Iterable[str]) -> dict[str, str]:
    """Return the lower-case spelling of these written words, by their folded form. Function words are left out."""
    return dict(chain.from_iterable(map(_spellings, reversed([*words]))))


def _spellings(written: str) -> tuple[tuple[str, str], ...]:
    if is_function_word(written):
        return ()
    spelt = written.lower()[:MAX_TERM_LENGTH]
    return tuple((word, spelt) for word in folded(written) if word.isalpha() and not is_unspaced(word))


def respelled(query: str, instead: dict[str, str]) -> str:
    """Return the query with the words in `instead`, by their folded form, replaced by another spelling."""
    changed = [instead.get(" ".join(folded(written)), written) for written in written_words(query[:MAX_QUERY_LENGTH])]
    return " ".join(filter(None, changed))
