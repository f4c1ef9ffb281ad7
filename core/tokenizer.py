"""The one tokenizer: what is indexed and what is asked are cut, folded and stemmed by the same code."""

import re
import threading
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

import Stemmer

from core.text import fold, is_of_word, is_unspaced, pieces

# Longer than any word of either language; PostgreSQL refuses a lexeme of 2 KB.
MAX_TERM_LENGTH = 64
# A query is a few words; what is beyond is not read, so that a megabyte costs no more than a line.
MAX_QUERY_LENGTH = 1000
MAX_QUERY_WORDS = 32
# Few words make up most of any text: so many are kept in each process, and the stems, which cost most, of more.
WORDS_KEPT = 30_000
STEMMED_WORDS_KEPT = 50_000

# Function words, folded, that a query can do without. Not here, though articles or verbs elsewhere: "ai" (the subject
# of this directory), "son" (sound), "est" (east), "ete" (summer), "avions" (aircraft), "car", "or", "an".
STOP_WORDS = frozenset(
    # What an apostrophe cuts off, in French and in English.
    "c d j l m n s t qu ll re ve "
    "au aux avec ce ces cette dans de des du elle elles en et eux il ils je la le les leur leurs lui mais me meme mes "
    "mon ne nos notre nous ou par pas pour qui que sa se ses sur ta te tes toi tu un une vos votre vous "
    "a am and are as at be been being but by can did do does for from had has have he her his how i in into is it its "
    "my no nor not of on our she so some such than that the their them then there these they this those to too was we "
    "were what when where which who whom why will with you your".split()
)

# What a function word is indexed under, apart from the others.
FUNCTION = "s"
# A word as it is written, before it is folded.
WRITTEN_WORD = re.compile(r"[^\W_]+")

# Letters each followed by a dot: one word, as "A.I." is AI.
DOTTED = re.compile(r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\b\.?")

# Endings, folded, whose accent the French stemmer needs, and their English counterparts.
ACCENTED_ENDINGS = {"ites": "ités", "ite": "ité", "ities": "ités", "ity": "ité", "ees": "ées", "ee": "ée"}

# Words whose stem means something else, folded, by the word that stands for their stem.
FAMILIES = {
    fold(word): fold(family["words"].split()[0])
    for family in tomllib.loads((Path(__file__).parent / "word_families.toml").read_text("utf-8"))["families"]
    for word in family["words"].split()
}
# What follows a stem that is a word of a family, where a word of none has it.
NO_FAMILY = "0"

_french = Stemmer.Stemmer("french")
_english = Stemmer.Stemmer("english")
_stemming = threading.Lock()


@lru_cache(maxsize=STEMMED_WORDS_KEPT)
def stems(word: str) -> tuple[str, ...]:
    """Return the word's French and English stems, once each.

    `word` is folded, so that accents do not separate two forms. A word of a family has the stem of its family alone.
    """
    if word in FAMILIES:
        return (FAMILIES[word],)
    with _stemming:  # a stemmer keeps its working word to itself: one thread at a time
        found = [_french.stemWord(word), _english.stemWord(word)]
        if (accented := _with_accent(word)) != word:
            found.append(fold(_french.stemWord(accented)))
    return tuple(dict.fromkeys(_apart(stem[:MAX_TERM_LENGTH] or word) for stem in found))


def _apart(stem: str) -> str:
    """Return a stem that no word of a family has: "doctorate" does not find "doctor", but still finds "doctoral"."""
    return stem + NO_FAMILY if stem in FAMILIES else stem


def _with_accent(word: str) -> str:
    """Write the word's ending as French does: "university" then has the stem of "université"."""
    ending = next(filter(word.endswith, ACCENTED_ENDINGS), "")
    return word.removesuffix(ending) + ACCENTED_ENDINGS.get(ending, "")


@lru_cache(maxsize=WORDS_KEPT)
def folded(written: str) -> tuple[str, ...]:
    """Return a written word folded; more than one where another script begins inside it."""
    return tuple(piece[:MAX_TERM_LENGTH] for word in fold(written).split() for piece in pieces(word))


def pairs(piece: str) -> list[str]:
    """Return the letter pairs of a text in a script without spaces.

    Any part of the text is then found, but not two letters far apart.
    """
    return ["".join(pair) for pair in pairwise(piece)] or [piece]


class _Seen(dict[int, int | str | None]):
    """What `str.translate` makes of a character: itself in a word, nothing where it is not seen, else a space."""

    def __missing__(self, code: int) -> int | str | None:
        self[code] = code if is_of_word(chr(code)) else None if unicodedata.category(chr(code)) == "Cf" else " "
        return self[code]


_seen = _Seen()


def written_words(text: str) -> list[str]:
    """Return the text's words as they are written, in their order. What is not seen does not cut a word in two."""
    return [word for word in cut(text) if folded(word)]


def cut(text: str) -> list[str]:
    """Return the text's words and, among them, what folds to nothing, such as an accent alone: no term is made of it."""
    if "." in text:
        text = DOTTED.sub(_without_dots, text)
    if text.isascii():
        return WRITTEN_WORD.findall(text)
    return unicodedata.normalize("NFKC", text).translate(_seen).split()


def _without_dots(abbreviation: re.Match[str]) -> str:
    return abbreviation[0].replace(".", "") + " "


def is_function_word(written: str) -> bool:
    """Return whether a text can do without the word.

    By its accents: "these" is one in English, "thèse" is none in French.
    """
    return written.lower() in STOP_WORDS


def terms(words: Iterable[str]) -> set[str]:
    """Return all that a text of these written words is found by."""
    return set(chain.from_iterable(map(_terms, words)))


@lru_cache(maxsize=WORDS_KEPT)
def unstemmed(written: str) -> tuple[str, ...]:
    """Return what a written word is found by, but for its stems."""
    found: list[str] = []
    for word in folded(written):
        if is_unspaced(word):
            found += [*word, *pairs(word)]
        else:
            found.append(function_term(word) if is_function_word(written) else word)
    return tuple(found)


@lru_cache(maxsize=WORDS_KEPT)
def _terms(written: str) -> tuple[str, ...]:
    """Return what a written word is found by: as it stands and its stems; a function word by itself only.

    In a script without spaces, each letter and each two that follow each other.
    """
    found = [[term, *stems(term)] if has_stems(term) else [term] for term in unstemmed(written)]
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def has_stems(term: str) -> bool:
    """Return whether a term is a word with endings: no function word, and in no script without spaces."""
    return not term.startswith(f"{FUNCTION}_") and not is_unspaced(term)


def function_term(word: str) -> str:
    return f"{FUNCTION}_{word}"


def query_words(query: str) -> list[str]:
    """Return the words that a chair must have to be found: no function words, unless there is nothing else."""
    chosen = [term for word in asked_words(query) for term in looked_for(word)]
    return list(dict.fromkeys(chosen))[:MAX_QUERY_WORDS]


def looked_for(word: str) -> list[str]:
    """Return the terms all of which a folded word asks for."""
    return pairs(word) if is_unspaced(word) else [word]


def asked_words(query: str) -> list[str]:
    """Return the words of a query as the reader counts them."""
    asked = written_words(query[:MAX_QUERY_LENGTH])
    telling = [word for written in asked if not is_function_word(written) for word in folded(written)]
    return telling or [function_term(word) for written in asked for word in folded(written)]


def finders(words: list[str]) -> list[tuple[str, ...]]:
    """Return a set of terms for each word of a query: any one of them finds the word.

    Two words that follow each other may stand as one: "cyber security", "multi-modal".
    """
    joined = ["", *("".join(pair) for pair in pairwise(words)), ""]
    return [
        tuple(dict.fromkeys([*_finders(word), *_joined(joined[place]), *_joined(joined[place + 1])]))
        for place, word in enumerate(words)
    ]


def _finders(word: str) -> tuple[str, ...]:
    if word.startswith(f"{FUNCTION}_"):
        return (word, *stems(word.removeprefix(f"{FUNCTION}_")))
    return stems(word)


def _joined(word: str) -> tuple[str, ...]:
    return stems(word) if word.isalpha() else ()


def spellings(words: Iterable[str]) -> dict[str, str]:
    """Return these written words in small letters, by the folded word. Function words are left out."""
    return dict(chain.from_iterable(map(_spellings, reversed([*words]))))


@lru_cache(maxsize=WORDS_KEPT)
def _spellings(written: str) -> tuple[tuple[str, str], ...]:
    if is_function_word(written):
        return ()
    spelt = written.lower()[:MAX_TERM_LENGTH]
    return tuple((word, spelt) for word in folded(written) if word.isalpha() and not is_unspaced(word))


def respelled(query: str, instead: dict[str, str]) -> str:
    """Return the query with some of its words, known by their folded form, written in another way."""
    changed = [instead.get(" ".join(folded(written)), written) for written in written_words(query[:MAX_QUERY_LENGTH])]
    return " ".join(filter(None, changed))
