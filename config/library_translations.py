"""Corrects the French of the libraries for our readers.

The French of Django and allauth has straight apostrophes, breaking spaces, and « courriel » for our « e-mail ». Rules
correct them, and not a list of messages, so that they apply to later versions too.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from core.typography import set_french

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
# Placeholders, and tags with their attributes, are left alone.
NO_WORDS = re.compile(r"(%\(\w+\)\w|\{\w*\}|<[^>]+>)")


def sources(language: str) -> list[Path]:
    """Return the paths of the libraries' compiled catalogues in a language."""
    found = []
    for library in LIBRARIES:
        if spec := find_spec(library):
            root = Path(next(iter(spec.submodule_search_locations)))
            found += sorted(root.rglob(f"locale/{language}/LC_MESSAGES/django.mo"))
    return found


def corrected(language: str) -> Iterator[Message]:
    """Yield each message of a library whose translation we change, with our translation."""
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
    for pattern, replacement in OUR_WORDS:
        text = "".join(
            part if NO_WORDS.fullmatch(part) else pattern.sub(replacement, part) for part in NO_WORDS.split(text)
        )
    return set_french(text)
