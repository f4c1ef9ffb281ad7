"""A language that nobody speaks: each sentence of the catalogue between ⟦ and ⟧, its letters accented, what is filled in kept.

A sentence that a page shows without these marks never passed through a catalogue.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo

from config import catalogue, library_translations

OPEN, CLOSE = "⟦", "⟧"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
# Placeholders, tags, entities and addresses are not words.
KEPT = re.compile(r"(%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%[a-z%]|\{\w*\}|<[^>]+>|&\w+;|https?://\S+)")


def said(text: str) -> str:
    """Return a message as this language says it; what surrounds it, such as a line's end, stays outside."""
    inner = text.strip()
    if not any(letter.isalpha() for letter in KEPT.sub("", inner)):
        return text
    words = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in KEPT.split(inner))
    return text.replace(inner, f"{OPEN}{words}{CLOSE}")


def write(folder: Path, language: str) -> None:
    """Write a catalogue of all our messages, and of the libraries', for Django to read in this folder."""
    pseudo = Catalog(locale=language)
    pseudo._num_plurals, pseudo._plural_expr = 2, "(n != 1)"
    for message in _messages():
        if message.id and pseudo.get(_first(message.id), message.context) is None:
            forms = (message.id,) if isinstance(message.id, str) else message.id
            spoken = tuple(map(said, forms))
            pseudo.add(message.id, spoken[0] if isinstance(message.id, str) else spoken, context=message.context)
    target = folder / language / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, pseudo)


def _messages():
    """Yield what the French catalogue has, which holds every message, then what the libraries say."""
    yield from catalogue.load("fr")
    for path in library_translations.sources("fr"):
        with path.open("rb") as file:
            yield from read_mo(file)


def _first(text) -> str:
    return text if isinstance(text, str) else text[0]
