"""Corrects the French and the English of the libraries for our readers.

The French of Django and allauth has straight apostrophes, breaking spaces, and « courriel » for our « e-mail ». The English
of allauth has “Sign In” and “Email Address” for our “Sign in” and “E-mail address”. Rules correct them, and not a list of
messages, so that they apply to later versions too.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from config.programme import WRITTEN_IN
from core.typography import set_apostrophes, set_french

LIBRARIES = ["django", "allauth", "simple_history", "modeltranslation", "crispy_forms"]
# One word for one thing; the article or preposition before it changes with it.
OUR_WORDS = [
    (
        re.compile(r"\b([Aa])dresse(s?) (?:électroniques?|de messagerie|(?:de |du )?courriel|email|mail)\b"),
        r"\1dresse\2 e-mail",
    ),
    (re.compile(r"\b([Ll])e courriel\b"), r"\1’e-mail"),
    (re.compile(r"\b([Dd])u courriel\b"), r"\1e l’e-mail"),
    (re.compile(r"\b([Aa])u courriel\b"), lambda found: ("À" if found[1] == "A" else "à") + " l’e-mail"),
    (re.compile(r"\b([Cc])e courriel\b"), r"\1et e-mail"),
    (re.compile(r"\b([Dd])e (courriels?)\b"), r"\1’\2"),
    (re.compile(r"\bCourriel(s?)\b"), r"E-mail\1"),
    (re.compile(r"\bcourriel(s?)\b"), r"e-mail\1"),
    (re.compile(r"(?<![\w@./)-])Email(s?)\b(?![@.]\w)"), r"E-mail\1"),
    (re.compile(r"(?<![\w@./)-])(?:email|mail)(s?)\b(?![@.]\w)"), r"e-mail\1"),
]
OUR_ENGLISH = [(re.compile(r"(?<![\w@./)%({-])([Ee])mail(s?)\b(?![@.]\w)"), r"\1-mail\2")]
# The library whose English is in title case.
IN_TITLE_CASE = "allauth"
# A capital within a sentence or a label, also after a hyphen. A name such as JavaScript or TOTP has others, and stays.
SENTENCE_CASE = [
    (re.compile(r"(?<=[ (-])(?<![.?!:] )(?<![.?!:] {2})(?<!\n- )[A-Z][a-z]+\b"), lambda found: found[0].lower())
]
# Placeholders, and tags with their attributes, are left alone.
NO_WORDS = re.compile(r"(%\(\w+\)\w|\{\w*\}|<[^>]+>)")


def sources(language: str) -> list[Path]:
    """Return the paths of the libraries' compiled catalogues in a language; of the code's language, the written ones.

    In the code's language a compiled catalogue has no messages.
    """
    return [path for library in LIBRARIES for path in _catalogues(library, language)]


def _catalogues(library: str, language: str) -> list[Path]:
    if (spec := find_spec(library)) is None:
        return []
    root = Path(next(iter(spec.submodule_search_locations)))
    kind = "po" if language == WRITTEN_IN else "mo"
    return sorted(root.rglob(f"locale/{language}/LC_MESSAGES/django.{kind}"))


def corrected(language: str) -> Iterator[Message]:
    """Yield each message of a library that we say otherwise, with our words."""
    return _corrected_english() if language == WRITTEN_IN else _corrected_translation(language)


def _corrected_english() -> Iterator[Message]:
    for library in LIBRARIES:
        rules = [*(SENTENCE_CASE if library == IN_TITLE_CASE else []), *OUR_ENGLISH]
        for path in _catalogues(library, WRITTEN_IN):
            with path.open("rb") as file:
                messages = [message for message in read_po(file) if message.id]
            for message in messages:
                forms = message.id if message.pluralizable else (message.id,)
                said = tuple(set_apostrophes(_in_words(form, rules)) for form in forms)
                if said != tuple(forms):
                    yield Message(message.id, said if message.pluralizable else said[0], context=message.context)


def _corrected_translation(language: str) -> Iterator[Message]:
    for path in sources(language):
        with path.open("rb") as file:
            messages = [message for message in read_mo(file) if message.id and message.string]
        for message in messages:
            # Our French catalogue has two plural forms; the libraries' third one, for millions, equals the second.
            forms = tuple(message.string[:2]) if message.pluralizable else (message.string,)
            said = tuple(in_our_words(form) for form in forms)
            if said != forms:
                yield Message(message.id, said if message.pluralizable else said[0], context=message.context)


def in_our_words(text: str) -> str:
    """Return a library's French sentence with our word for e-mail and our typography."""
    return set_french(_in_words(text, OUR_WORDS))


def _in_words(text: str, rules) -> str:
    for pattern, replacement in rules:
        text = "".join(
            part if NO_WORDS.fullmatch(part) else pattern.sub(replacement, part) for part in NO_WORDS.split(text)
        )
    return text
