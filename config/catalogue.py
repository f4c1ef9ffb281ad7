"""The message catalogues: extracted from the code and the templates, kept in locale/, and compiled.

Babel's own commands do it where they suffice. GNU gettext is not needed, because many machines lack it.
"""

import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config import library_translations
from config.programme import WRITTEN_IN
from core import typography
from core.typography import set_apostrophes

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE_DIR = BASE_DIR / "locale"
# Which files contain messages, and how they are parsed.
MAPPING = Path(__file__).with_name("babel.toml")
# The code is written in English; these are the languages that need a catalogue.
TRANSLATIONS = ["fr"]
# In addition to Babel's default keywords. `_t` is gettext, in modules whose `_` is lazy.
KEYWORDS = [
    "_t",
    "gettext_lazy",
    "gettext_noop",
    "ngettext_lazy:1,2",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
]
# The keys of the directory's files under which our remarks about a value are kept.
NOTES = {"note", "notes", "selected_note"}
HEADER = "# Cathedra's words. Written by `manage.py translations`: edit the translations, not the rest."
WIDTH = 120
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?[sdifr]")


def babel(*arguments: str | Path) -> None:
    """Run a command of Babel, as `pybabel` does."""
    CommandLineInterface().run(["pybabel", "--quiet", *map(str, arguments)])


def path_of(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / "django.po"


def extract_all(root: Path = BASE_DIR) -> Catalog:
    """Return all messages of the site, without translations."""
    # By `__init__.py` too, in case an app has no apps.py.
    apps = sorted(
        {path.parent.name for path in root.glob("*/*.py") if path.name in ("apps.py", "__init__.py")} - {"tests"}
    )
    with TemporaryDirectory() as folder, chdir(root):
        template = Path(folder) / "django.pot"
        keywords = [option for keyword in KEYWORDS for option in ("--keywords", keyword)]
        # Without line numbers, which would make every diff long.
        how = ["--add-comments=Translators", "--add-location=file", "--sort-output", f"--header-comment={HEADER}"]
        whose = ["--project=Cathedra", "--version=0", "--msgid-bugs-address=none", "--last-translator=Cathedra"]
        others = [name for name in ("templates", "data") if (root / name).is_dir()]
        babel("extract", "--mapping-file", MAPPING, *keywords, *how, *whose, "-o", template, *apps, *others)
        return _read(template)


def extract_template(file, keywords, comment_tags, options) -> Iterator[tuple]:
    """Yield the messages of a template, for Babel. Django turns the template into gettext calls."""
    calls = templatize(file.read().decode())
    # Between the calls is blanked-out text, so the indentation must be removed for Python to parse it.
    source = "\n".join(line.strip() for line in calls.splitlines()).encode()
    yield from extract_python(io.BytesIO(source), keywords, comment_tags, options)


def extract_notes(file, keywords, comment_tags, options) -> Iterator[tuple]:
    """Yield each remark of the published directory, for Babel. We wrote these sentences, and French readers see them translated."""
    waiting = [json.load(file)]
    while waiting:
        holder = waiting.pop()
        for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
            if isinstance(value, dict | list) and key not in NOTES:
                waiting.append(value)
            elif key in NOTES and value:
                yield from ((1, None, set_apostrophes(text), []) for text in _forms(value))


def load(language: str) -> Catalog:
    """Return the saved catalogue of a language, or an empty one."""
    path = path_of(language)
    return _read(path, language) if path.exists() else Catalog(locale=language)


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, found: Catalog) -> None:
    """Add new messages to a catalogue without translation, drop unused ones, and keep the rest."""
    with TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        with template.open("wb") as file:
            write_po(file, found, sort_output=True)
        # Without fuzzy matches, which read well and mean something else, and without a date, which would change at each run.
        how = [
            "--no-fuzzy-matching",
            "--ignore-obsolete",
            "--ignore-pot-creation-date",
            "--init-missing",
            f"--width={WIDTH}",
        ]
        babel("update", "--domain=django", "-i", template, "-d", LOCALE_DIR, "-l", language, *how)
    kept = load(language)
    for message in kept:
        message.string = _typeset(message.string, language)
    with path_of(language).open("wb") as file:
        write_po(file, kept, width=WIDTH)


def _typeset(said: str | tuple | list, language: str):
    """Return a translation with the apostrophes and spaces of its language, so that translators can type plain ones."""
    if language != "fr" or not said:
        return said
    return typography.set_french(said) if isinstance(said, str) else tuple(map(typography.set_french, said))


def faults(language: str, found: Catalog) -> list[str]:
    """Return the faults of a catalogue, one sentence each; an empty list if it is complete."""
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
        # A plural may lack its number in one form ("one chair"), so each translated form may match either.
        expected = [placeholders(form) for form in _forms(message.id)]
        if any(placeholders(form) not in expected for form in _forms(kept.string)):
            yield f"other placeholders than the original: {key_of(message)}"


def compile_all() -> None:
    """Compile each catalogue that is newer than its .mo file. Changed library catalogues or rules also count.

    The code's own language has no catalogue of ours: only what the libraries say otherwise than we do is compiled.
    """
    for language in [*TRANSLATIONS, WRITTEN_IN]:
        source = path_of(language)
        target = source.with_suffix(".mo")
        if language in TRANSLATIONS and not source.exists():
            continue
        rules = [Path(library_translations.__file__), Path(typography.__file__)]
        read = [source, *rules, *library_translations.sources(language)]
        newest = max(path.stat().st_mtime_ns for path in read if path.exists())
        if target.exists() and target.stat().st_mtime_ns > newest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        # Replaced in one step, because a server may be reading it; the process id keeps concurrent compilations apart.
        partial = target.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as file:
            write_mo(file, with_borrowed(language))
        partial.replace(target)


def with_borrowed(language: str) -> Catalog:
    """Return our catalogue, with added messages of libraries whose translation we correct."""
    catalogue = load(language)
    for message in library_translations.corrected(language):
        if catalogue.get(_singular(message), message.context) is None:
            catalogue.add(message.id, message.string, context=message.context)
    return catalogue


def placeholders(text: str) -> Counter:
    """Return the placeholders of a text with their counts: `%(name)s` by name, `%s` by its letter."""
    return Counter(match.group(1) or match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def key_of(message: Message) -> str:
    return f"{_singular(message)!r}" + (f" ({message.context})" if message.context else "")


def _singular(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: str | tuple | list) -> list[str]:
    return [text] if isinstance(text, str) else list(text)
