"""The one tokenizer: what is indexed and what is asked are cut, folded and stemmed by the same code."""

import threading
from functools import lru_cache

import snowballstemmer

from clusters.text import fold

# Longer than any word of either language; PostgreSQL refuses a lexeme of 2 KB.
MAX_TERM_LENGTH = 64
# A query is a few words; what is beyond is not read, so that a megabyte costs no more than a line.
MAX_QUERY_LENGTH = 1000
MAX_QUERY_WORDS = 32
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

_stemmers = (snowballstemmer.stemmer("french"), snowballstemmer.stemmer("english"))
_stemming = threading.Lock()


@lru_cache(maxsize=STEMMED_WORDS_KEPT)
def stems(word: str) -> tuple[str, ...]:
    """Answer the word's French and English stems, once each. `word` is folded, so that accents cannot part two forms."""
    with _stemming:  # a stemmer keeps its working word to itself: one thread at a time
        return tuple(dict.fromkeys(stemmer.stemWord(word)[:MAX_TERM_LENGTH] or word for stemmer in _stemmers))


def words(text: str) -> list[str]:
    """Answer the text's words, folded, in their order."""
    return [word[:MAX_TERM_LENGTH] for word in fold(text).split()]


def terms(text: str) -> set[str]:
    """Answer all that a text is found by: each word as it stands and its two stems."""
    found = set(words(text))
    return found.union(*map(stems, found)) if found else found


def query_words(query: str) -> list[str]:
    """Answer the words that a chair must have to be found: no function words, unless there is nothing else."""
    asked = list(dict.fromkeys(words(query[:MAX_QUERY_LENGTH])))
    telling = [word for word in asked if word not in STOP_WORDS]
    return (telling or asked)[:MAX_QUERY_WORDS]
