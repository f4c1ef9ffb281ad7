"""Our words and their translations: read from the code and the templates, kept in locale/, compiled without gettext's
programs, which many machines lack.
"""

import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from accounts import typography
from accounts.typography import set_apostrophes
from config import borrowed

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE_DIR = BASE_DIR / "locale"
# The code is written in English; these are the languages that need a catalogue.
TRANSLATIONS = ["fr"]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_t": None,  # gettext, in a module whose `_` is the lazy one
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# The keys under which the directory's files keep what we say about a value.
NOTES = {"note", "notes", "selected_note"}
HEADER = "# Cathedra's words. Written by `manage.py messages`: edit the translations, not the rest."
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?[sdifr]")


def path_of(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / "django.po"


def extract_all(root: Path = BASE_DIR) -> Catalog:
    """Return every message of ours, without translations."""
    found = Catalog(project="Cathedra", charset="utf-8")
    for path, source in _sources(root):
        name = path.relative_to(root).as_posix()
        for line, message, comments, context in extract("python", io.BytesIO(source), KEYWORDS, ["Translators"]):
            found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    for name, note in _notes(root):
        found.add(note, locations=[(name, 1)])
    return found


def _notes(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each note of the published directory: sentences of ours, not of a source, which a reader meets in French too."""
    for path in sorted((root / "data").glob("*.json")):
        waiting = [json.loads(path.read_text("utf-8"))]
        while waiting:
            holder = waiting.pop()
            for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
                if isinstance(value, dict | list) and key not in NOTES:
                    waiting.append(value)
                elif key in NOTES and value:
                    yield from (
                        (path.relative_to(root).as_posix(), set_apostrophes(text)) for text in _forms_of_note(value)
                    )


def _forms_of_note(value: str | list) -> list[str]:
    return [value] if isinstance(value, str) else value


def _sources(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Return each file that may hold a message, as Python source."""
    for app in sorted(path.parent for path in root.glob("*/apps.py")):
        for path in sorted(app.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_bytes()
    for path in sorted((root / "templates").rglob("*.*")):
        calls = templatize(path.read_text("utf-8"), origin=str(path))
        # What is left is calls between blanked-out text, whose indentation means nothing.
        yield path, "\n".join(line.strip() for line in calls.splitlines()).encode()


def load(language: str) -> Catalog:
    """Return the catalogue as it is kept, or an empty one."""
    path = path_of(language)
    if not path.exists():
        return Catalog(
            locale=language,
            header_comment=HEADER,
            project="Cathedra",
            version="0",
            msgid_bugs_address="none",
            last_translator="Cathedra",
            language_team="Cathedra",
            revision_date=datetime.now(UTC),
            charset="utf-8",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, found: Catalog) -> None:
    """Add new messages without translation, drop those that are gone, keep the rest."""
    kept = load(language)
    # Guessed translations read well and mean something else; a date of extraction would differ at each run.
    kept.update(found, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    kept.obsolete.clear()
    kept.fuzzy = False
    for message in kept:
        message.string = _typeset(message.string, language)
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    with path_of(language).open("wb") as file:
        write_po(file, kept, sort_output=True, include_lineno=False, width=120)


def _typeset(said: str | tuple | list, language: str):
    """Return a translation with the apostrophes and spaces of its language: nobody has to think of them."""
    if language != "fr" or not said:
        return said
    return typography.set_french(said) if isinstance(said, str) else tuple(map(typography.set_french, said))


def faults(language: str, found: Catalog) -> list[str]:
    """Answer, one sentence each, what keeps the catalogue from being complete."""
    kept = load(language)
    answers = [f"no longer used: {key_of(message)}" for message in kept if message.id and not _in(found, message)]
    answers += [f"no longer used: {key_of(message)}" for message in kept.obsolete.values()]
    for message in found:
        if message.id:
            answers += _faults_of(message, kept.get(_singular(message), message.context))
    return answers


def _in(found: Catalog, message: Message) -> bool:
    return found.get(_singular(message), message.context) is not None


def _faults_of(message: Message, kept: Message | None) -> Iterator[str]:
    if kept is None:
        yield f"missing: {key_of(message)}"
    elif kept.fuzzy:
        yield f"marked as fuzzy: {key_of(message)}"
    elif not all(_forms(kept.string)) or len(_forms(kept.string)) < len(_forms(message.id)):
        yield f"not translated: {key_of(message)}"
    else:
        # A plural may leave its number out of one form ("one chair"), so each form is held against both.
        expected = [placeholders(form) for form in _forms(message.id)]
        if any(placeholders(form) not in expected for form in _forms(kept.string)):
            yield f"other placeholders than the original: {key_of(message)}"


def compile_all() -> None:
    """Write the catalogue that Django reads beside each one that is newer than it, or than a library's or these rules."""
    for language in TRANSLATIONS:
        source = path_of(language)
        target = source.with_suffix(".mo")
        rules = [Path(borrowed.__file__), Path(typography.__file__)]
        newest = max(path.stat().st_mtime_ns for path in [source, *rules, *borrowed.sources(language)] if path.exists())
        if not source.exists() or (target.exists() and target.stat().st_mtime_ns > newest):
            continue
        # Replaced in one step: a server may be reading the old one. By a file of this process: another may be compiling too.
        partial = target.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as file:
            write_mo(file, with_borrowed(language))
        partial.replace(target)


def with_borrowed(language: str) -> Catalog:
    """Return our catalogue with what the libraries say in it, where we say it otherwise than they do."""
    catalogue = load(language)
    for message in borrowed.corrected(language):
        if catalogue.get(_singular(message), message.context) is None:
            catalogue.add(message.id, message.string, context=message.context)
    return catalogue


def placeholders(text: str) -> Counter:
    """Return what the text has filled in, however often: `%(name)s` by name, `%s` by its letter."""
    return Counter(match.group(1) or match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def key_of(message: Message) -> str:
    return f"{_singular(message)!r}" + (f" ({message.context})" if message.context else "")


def _singular(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: str | tuple | list) -> list[str]:
    return [text] if isinstance(text, str) else list(text)
