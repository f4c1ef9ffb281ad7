"""Builds the indexed text of a chair: only what its public page shows, each part in the field that ranks it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.db.models import Model

from chairs.models import Appointment, Chair
from chairs.search.reading import listed, whole_chairs
from clusters.models import Institution
from core.text import fold
from core.tokenizer import cut, folded, parsed

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


class Runs(NamedTuple):
    """The runs of a text (`core.tokenizer.parsed`), with the bits of its languages."""

    runs: list[str]
    languages: int


class Spelling(NamedTuple):
    """A word as readers write it, with the bits of the languages in which it occurs."""

    written: str
    languages: int


@dataclass(frozen=True)
class Document:
    """A chair, ready for the index."""

    pk: int
    # The first field that has each term.
    fields: dict[str, Field]
    is_published: bool
    # The folded words that have a spelling, and the runs of its texts, with the bits of their languages; empty unless
    # the chair is published.
    words: frozenset[str]
    runs: dict[str, int]
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
    texts = {
        field: [Runs(text.split(), languages) for text, languages in texts if text]
        for field, texts in _texts(chair).items()
    }
    fields, words = _fields_and_words(texts)
    if not chair.is_published:
        return Document(chair.pk, fields, is_published=False, words=frozenset(), runs={})
    runs = _with_languages(chain.from_iterable(texts.values()))
    return Document(chair.pk, fields, is_published=True, words=words, runs=runs, meaning=_meaning_of(chair))


def _fields_and_words(texts: dict[Field, list[Runs]]) -> tuple[dict[str, Field], frozenset[str]]:
    """Return the first field of each term, and the words of all fields."""
    fields: dict[str, Field] = {}
    words: set[str] = set()
    for field, parts in reversed(texts.items()):
        runs = set[str]().union(*(part.runs for part in parts))
        known = list(map(parsed, runs))
        fields |= dict.fromkeys(chain.from_iterable([one.terms for one in known]), field)
        words.update(*[one.words for one in known])
    return fields, frozenset(words)


def _with_languages(texts: Iterable[Runs]) -> dict[str, int]:
    """Return each run once, with the bits of its languages; in the order of the texts, one language after the other."""
    by_languages: defaultdict[int, list[str]] = defaultdict(list)
    for runs, languages in texts:
        by_languages[languages] += runs
    found: dict[str, int] = {}
    for languages, runs in by_languages.items():
        for run in runs:
            found[run] = found.get(run, 0) | languages
    return found


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


def add_runs(found: dict[str, int], documents: Iterable[Document]) -> None:
    """Add the runs of these chairs' texts; one that is there keeps its place, and gets the languages of both."""
    for document in documents:
        for run, languages in document.runs.items():
            found[run] = found.get(run, 0) | languages


def spellings_of(runs: dict[str, int]) -> dict[str, Spelling]:
    """Return the spelling of each word in these runs: the first one found, with all its languages."""
    found: dict[str, Spelling] = {}
    for run, languages in runs.items():
        for word, written in zip(*parsed(run)[1:], strict=True):
            known = found.get(word)
            if known is None:
                found[word] = Spelling(written, languages)
            elif languages & ~known.languages:
                found[word] = Spelling(known.written, known.languages | languages)
    return found


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
