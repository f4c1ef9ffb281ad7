"""Builds the indexed text of a chair: only what its public page shows, each part in the field that ranks it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256
from itertools import chain, repeat
from typing import NamedTuple

from django.conf import settings
from django.db.models import Model

from chairs.models import Appointment, Chair
from chairs.search.reading import listed, whole_chairs
from clusters.models import Institution
from core.text import fold
from core.tokenizer import WORDS_KEPT, cut, folded, spellings, terms

LANGUAGES = settings.MODELTRANSLATION_LANGUAGES
# A bit for each language; a name has the bits of all.
BITS = {language: 1 << place for place, language in enumerate(LANGUAGES)}
ALL_LANGUAGES = sum(BITS.values())
# To be changed with the model (chairs/search/model.py), or with the text that it gets of a chair.
MEANING_VERSION = "e5-small-q4 1"
# Words of titles that only say that it is a chair.
CHAIR_OF = {"chair", "chaire", "of", "de", "d"}


class Field(IntEnum):
    """The fields of a document, the most relevant first: results are ranked by field.

    A field is one digit in the index, so there can be at most ten.
    """

    TITLE = 0
    ACRONYM = 1
    PEOPLE = 2
    SUBJECT = 3
    # The chair's kind and its people's disciplines: relevant words, but shared by many chairs.
    CATEGORY = 4
    INSTITUTION = 5
    SUMMARY = 6
    DESCRIPTION = 7


class Text(NamedTuple):
    """A text of a chair, with the bits of its languages."""

    text: str
    languages: int = ALL_LANGUAGES


class Spelling(NamedTuple):
    """A word as readers write it, with the bits of the languages in which it occurs."""

    written: str
    languages: int


@dataclass(frozen=True)
class Document:
    """A chair, ready for the index."""

    pk: int
    # Each term is only in the first field that has it.
    terms: dict[Field, frozenset[str]]
    is_published: bool
    # The spelling of each folded word; empty unless the chair is published.
    spellings: dict[str, Spelling]
    # The text to embed for the search by meaning; empty if the chair has none or is not published.
    meaning: str = ""

    @property
    def digest(self) -> str:
        """The digest of the text to embed, to detect that it changed."""
        return sha256(f"{MEANING_VERSION} {self.meaning}".encode()).hexdigest()


def documents_of(pks: Iterable[int]) -> Iterator[Document]:
    """Return the documents of these chairs, in a constant number of queries."""
    return map(document_of, whole_chairs(pks))


def document_of(chair: Chair) -> Document:
    words: dict[int, list[str]] = {}
    seen: set[str] = set()
    found = {}
    for field, texts in _texts(chair).items():
        of_field: list[str] = []
        for languages, text in _by_languages(texts).items():
            cut_words = cut(text)
            of_field += cut_words
            words[languages] = words.get(languages, []) + cut_words
        found[field] = frozenset(terms(of_field) - seen)
        seen |= found[field]
    if not chair.is_published:
        return Document(chair.pk, found, is_published=False, spellings={})
    return Document(chair.pk, found, is_published=True, spellings=_spellings(words), meaning=_meaning_of(chair))


def _meaning_of(chair: Chair) -> str:
    """Return the text to embed, in both languages; empty if the title only names the holder and there is no other text."""
    themes = [text for theme in listed(chair, "themes") for text in _translated(theme, "name")]
    about = [*_translated(chair, "topic"), *themes, *_translated(chair, "summary")]
    said = [text.text for text in _translated(chair, "title") if _says_more_than(text.text, chair)]
    return ". ".join(filter(None, [*said, *(text.text for text in about)]))


def _says_more_than(title: str, chair: Chair) -> bool:
    """Return whether a title says more than that it is the chair of a person."""
    people = _folded(" ".join(post.person.name for post in listed(chair, "appointments")))
    return bool(_folded(title) - people - CHAIR_OF)


def _folded(text: str) -> set[str]:
    return {word for written in cut(text) for word in folded(written)}


def _by_languages(texts: Iterable[Text]) -> dict[int, str]:
    found: dict[int, str] = {}
    for text in texts:
        if text.text:
            found[text.languages] = f"{found[text.languages]} {text.text}" if text.languages in found else text.text
    return found


def _spellings(words: dict[int, list[str]]) -> dict[str, Spelling]:
    """Return the spelling of each word: the first one found, with all its languages."""
    found: dict[str, Spelling] = {}
    for languages, of_languages in words.items():
        # Of two spellings of a word, the first one is kept.
        told = dict(chain.from_iterable(map(_spelt, reversed(of_languages), repeat(languages))))
        add_spellings(found, told)
    return found


@lru_cache(maxsize=WORDS_KEPT)
def _spelt(written: str, languages: int) -> tuple[tuple[str, Spelling], ...]:
    """Return the words in a written word, with their spelling. Kept, so that all chairs have the same objects."""
    return tuple((word, Spelling(spelling, languages)) for word, spelling in spellings([written]).items())


def add_spellings(found: dict[str, Spelling], others: dict[str, Spelling]) -> None:
    """Add spellings of words; a word that is there keeps its first spelling, and gets the languages of both."""
    for word, spelling in others.items():
        known = found.get(word)
        if known is None:
            found[word] = spelling
        elif spelling.languages & ~known.languages:
            found[word] = Spelling(known.written, known.languages | spelling.languages)


def _texts(chair: Chair) -> dict[Field, Iterable[Text]]:
    """Return the texts of each field, in the order of the fields."""
    posts = listed(chair, "appointments")
    activities = listed(chair, "activities")
    return {
        Field.TITLE: _translated(chair, "title"),
        Field.ACRONYM: [Text(chair.acronym)],
        Field.PEOPLE: (Text(post.person.name) for post in posts if post.is_named),
        Field.SUBJECT: chain(
            _translated(chair, "topic"),
            map(Text, [chair.axis, chair.programme]),
            *(_translated(theme, "name") for theme in listed(chair, "themes")),
        ),
        Field.CATEGORY: chain(
            _translated(chair.kind, "name", "acronym") if chair.kind else [],
            *(_translated(post.discipline, "name") for post in posts if post.discipline),
        ),
        Field.INSTITUTION: map(
            Text,
            chain(
                [chair.cluster.name, chair.cluster.acronym, chair.cluster.city],
                *(_employers(post) for post in posts),
                *([partner.name, partner.unit] for partner in listed(chair, "stated_partners")),
                (head.person.name for head in listed(chair.cluster, "directors")),
            ),
        ),
        Field.SUMMARY: _translated(chair, "summary"),
        Field.DESCRIPTION: chain(
            _translated(chair, "description"),
            *(_translated(activity, "title", "description") for activity in activities),
            *(_translated(element, "title") for element in listed(chair, "teaching")),
        ),
    }


def _translated(record: Model, *names: str) -> Iterator[Text]:
    """Yield a record's texts in every language."""
    for name in names:
        for language in LANGUAGES:
            yield Text(getattr(record, f"{name}_{language}", None) or "", BITS[language])


def title_key(chair: Chair, language: str) -> str:
    """Return the folded title that a reader of this language sees: in this language, or else in another."""
    titles = [getattr(chair, f"title_{code}") for code in (language, *LANGUAGES)]
    return fold(next(filter(None, titles), ""))


def _employers(post: Appointment) -> Iterator[str]:
    """Return the employers' names; with the laboratory only if the person is named, since it would identify them."""
    return chain(
        [post.laboratory] if post.is_named else [],
        _names(post.affiliation),
        _names(post.other_affiliation),
    )


def _names(institution: Institution | None) -> list[str]:
    if institution is None:
        return []
    return [institution.name, institution.acronym, *(alias.name for alias in listed(institution, "aliases"))]
