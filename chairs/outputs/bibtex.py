"""Reads BibTeX from reference managers, HAL and publishers.

bibtexparser puts unreadable and duplicate entries into failed blocks: each becomes a refusal with its line and reason.
Its LaTeX decoder takes a millisecond per field, a minute for a long file: here only the LaTeX parts of a text are
decoded, each different part once.
"""

import re
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from chairs.enums import OutputKind
from chairs.outputs.candidates import SHOWN_LENGTH, Candidate, Refusal, clean, trimmed, why_not, year_of
from chairs.outputs.references import references_in

# Limits on entries and on the characters that the parser looks for: its time grows with both.
MAX_ENTRIES, MAX_SIGNS = 10_000, 1_500_000
SIGNS = '{}",='
KINDS = {
    "software": OutputKind.SOFTWARE,
    "softwareversion": OutputKind.SOFTWARE,
    "softwaremodule": OutputKind.SOFTWARE,
    "codefragment": OutputKind.SOFTWARE,
    "dataset": OutputKind.DATA_SET,
}
VENUES = ("journal", "journaltitle", "booktitle", "publisher", "school", "institution", "howpublished")
FUNDING = ("funding", "note", "annote", "acknowledgement", "anr_project", "x-anr", "keywords")
# An accent with its letter (\'e, \'{e}, \c{c}), a letter by name (\oe, {\ss}), or an escaped character (\&).
LATEX = re.compile(
    r"\\(?:[^a-zA-Z\s]|[a-zA-Z]+)(?:\s*\{\\?[a-zA-Z]?\}|(?<=[\"'`^~=.])\s*\\?[a-zA-Z]|(?<=\\[cuvHkrdbt])\s+[a-zA-Z]|(?<=[a-zA-Z])\s+)?"
)
# The columns that take a title or a list of authors are shorter.
MAX_TITLE, MAX_AUTHORS_TEXT = 5_000, 20_000


def read_bibtex(text: str) -> tuple[list[Candidate], list[Refusal]]:
    """Return the candidates and the refusals of the entries, each with its line."""
    # Imported here: the parser takes as long to load as a page, and only this function needs it.
    from bibtexparser import parse_string

    if text.count("@") > MAX_ENTRIES:
        reason = _("More than %(number)s entries in one file: split it.") % {"number": MAX_ENTRIES}
        return [], [Refusal(1, "", reason)]
    if sum(map(text.count, SIGNS)) > MAX_SIGNS:
        return [], [Refusal(1, "", _("More braces, quotes and commas than ten thousand entries have: split the file."))]
    library = parse_string(text)
    found, refused = [], [_failure(block) for block in library.failed_blocks]
    for entry in library.entries:
        candidate = _candidate(entry)
        if reason := why_not(candidate):
            refused.append(Refusal(candidate.line, candidate.label or f"@{entry.entry_type}{{{entry.key}", reason))
        else:
            found.append(candidate)
    refused += [_outside(block) for block in library.comments if _is_left_over(block)]
    if not found and not refused:
        refused.append(Refusal(1, clean(text[:SHOWN_LENGTH]), _("No BibTeX entry was found here.")))
    return found, sorted(refused, key=lambda refusal: refusal.line)


def _candidate(entry) -> Candidate:
    given = {field.key.lower(): str(field.value) for field in entry.fields}
    kind = KINDS.get(entry.entry_type.lower(), OutputKind.PUBLICATION)
    if "software" in given.get("howpublished", "").lower() or given.get("hal_type", "").upper() == "SOFTWARE":
        kind = OutputKind.SOFTWARE
    return trimmed(
        Candidate(
            line=(entry.start_line or 0) + 1,
            kind=kind,
            doi=given.get("doi"),
            hal_id=given.get("hal_id")
            or (given.get("eprint") if "hal" in given.get("archiveprefix", "").lower() else None),
            title=plain(given.get("title", "")),
            authors=[_name(plain(name)) for name in _on_one_line(given.get("author", "")).split(" and ")],
            venue=next((plain(given[name]) for name in VENUES if given.get(name)), ""),
            year=year_of(given.get("year") or given.get("date")),
            language=given.get("langid") or given.get("language") or "",
            url=given.get("url", "").replace("\\", ""),
            stated_references=references_in(" ".join(given[name] for name in FUNDING if name in given)),
        )
    )


def _on_one_line(names: str) -> str:
    """Return a list of names with single spaces: the pattern for “and” between runs of spaces takes seconds."""
    return " ".join(names[:MAX_AUTHORS_TEXT].split())


def plain(text: str) -> str:
    """Return a value as plain text: accents decoded, braces removed."""
    if "\\" in text:
        text = LATEX.sub(lambda found: _decoded(found[0]), text[:MAX_TITLE])
    return clean(text.translate(BRACES).replace("---", "—").replace("--", "–").replace("\0", ""))


# In TeX, a tie (~) is a space that does not break.
BRACES = str.maketrans({"{": "", "}": "", "~": " "})


@lru_cache(maxsize=2048)
def _decoded(latex: str) -> str:
    decoded = _decoder().latex_to_text(latex)
    # The space that ends a letter's name is not part of the text: “\\oe uvre”.
    return decoded.strip() if latex[1:2].isalpha() else decoded


@cache
def _decoder():
    from pylatexenc.latex2text import LatexNodes2Text  # as above

    return LatexNodes2Text(strict_latex_spaces=False)


def _name(name: str) -> str:
    """Return “Ada Nombre” for “Nombre, Ada”."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else name


def _failure(block) -> Refusal:
    from bibtexparser import model

    line, text = (block.start_line or 0) + 1, clean((block.raw or "")[:SHOWN_LENGTH])
    if isinstance(block, model.DuplicateBlockKeyBlock):
        first = (block.previous_block.start_line or 0) + 1
        said = _("Another entry has the key “%(key)s”: the one on line %(line)s is taken.")
        return Refusal(line, text, said % {"key": block.key, "line": first})
    if isinstance(block, model.DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        return Refusal(line, text, _("The field “%(names)s” stands twice in this entry.") % {"names": names})
    return Refusal(line, text, _("This entry cannot be read: a brace, a quote or a comma is missing."))


def _is_left_over(block) -> bool:
    """Return whether the text between entries is left over from a broken entry; else it is an ordinary comment."""
    from bibtexparser import model

    return isinstance(block, model.ImplicitComment) and "=" in block.comment


def _outside(block) -> Refusal:
    text = clean(block.comment[:SHOWN_LENGTH])
    return Refusal(
        (block.start_line or 0) + 1, text, _("This stands outside any entry: a brace closes too early above it.")
    )
