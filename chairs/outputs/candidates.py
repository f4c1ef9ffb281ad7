"""Candidates for outputs: read from pasted lines, a file or a registry, and not yet reviewed by a person."""

import re
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from chairs.enums import OutputKind
from chairs.models import Output
from core.identifiers import MAX_LENGTH, compact_doi, compact_hal, is_doi, is_hal, kind_of
from core.text import without_controls

# Nobody pastes more lines; longer lists come as a file.
MAX_LINES = 1_000
# A paper of a large collaboration has thousands of authors: only the first are kept.
MAX_AUTHORS = 100
FIRST_YEAR = 1990
SHOWN_LENGTH = 80
LANGUAGES = {"eng": "en", "english": "en", "fra": "fr", "fre": "fr", "french": "fr", "français": "fr"}
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
REFERENCE_MAX_LENGTH, MAX_REFERENCES = 60, 20


@dataclass
class Candidate:
    """The metadata of a publication, a piece of software or a data set; `line` is its line in the input."""

    line: int = 0
    kind: str = OutputKind.PUBLICATION
    doi: str | None = None
    hal_id: str | None = None
    title: str = ""
    authors: list[str] = field(default_factory=list)
    venue: str = ""
    year: int | None = None
    language: str = ""
    url: str = ""
    stated_references: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.title or self.doi or self.hal_id or ""


@dataclass(frozen=True)
class Refusal:
    """A line or an entry that cannot become an output, with the reason."""

    line: int
    text: str
    reason: str


def read_lines(text: str) -> tuple[list[Candidate], list[Refusal]]:
    """Return a candidate for each line with a DOI or a HAL id, or the web address of one; and the refusals."""
    found, refused = [], []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines[:MAX_LINES]:
        if is_doi(line):
            found.append(Candidate(number, doi=compact_doi(line)))
        elif is_hal(line):
            found.append(Candidate(number, hal_id=compact_hal(line)))
        else:
            refused.append(Refusal(number, line[:SHOWN_LENGTH], _no_identifier(line)))
    if len(lines) > MAX_LINES:
        number, line = lines[MAX_LINES]
        reason = _("Only the first %(number)s lines were read: paste the others after these.") % {"number": MAX_LINES}
        refused.append(Refusal(number, line[:SHOWN_LENGTH], reason))
    return found, refused


def _no_identifier(line: str) -> str:
    if len(line) > MAX_LENGTH:
        return _("Longer than any DOI or HAL id: one line, one identifier.")
    if kind := kind_of(line):
        return _("Neither a DOI nor a HAL id: it is %(kind)s.") % {"kind": kind}
    if " " in line:
        return _("Neither a DOI nor a HAL id: write one identifier a line, without words around it.")
    return _("Neither a DOI (like 10.1000/182) nor a HAL id (like hal-04012345).")


def trimmed(candidate: Candidate) -> Candidate:
    """Clean the candidate's values to fit the columns: shortened, without invalid identifiers and addresses. Return it."""
    title, venue = clean(candidate.title), clean(candidate.venue)
    candidate.title = _cut(title, Output._meta.get_field("title").max_length)
    candidate.venue = _cut(venue, Output._meta.get_field("venue").max_length)
    names = map(clean, candidate.authors)
    candidate.authors = [name[:MAX_LENGTH] for name in names if name][:MAX_AUTHORS]
    candidate.doi = compact_doi(candidate.doi) if candidate.doi and is_doi(candidate.doi) else None
    candidate.hal_id = compact_hal(candidate.hal_id) if candidate.hal_id and is_hal(candidate.hal_id) else None
    candidate.url = candidate.url if re.match(r"https?://[^\s<>\"]{3,480}\Z", candidate.url) else ""
    candidate.language = language_code(candidate.language)
    references = [clean(text)[:REFERENCE_MAX_LENGTH] for text in candidate.stated_references]
    candidate.stated_references = [text for text in dict.fromkeys(references) if text][:MAX_REFERENCES]
    return candidate


def why_not(candidate: Candidate) -> str:
    """Return why the candidate cannot be an output of a chair; an empty text if it can."""
    if not candidate.label:
        return _("Neither title nor identifier.")
    if candidate.year is not None and candidate.year < FIRST_YEAR:
        return _("Of the year %(year)s: older than any chair.") % {"year": candidate.year}
    # A paper accepted this year may be dated next year.
    if candidate.year is not None and candidate.year > timezone.localdate().year + 1:
        return _("Of the year %(year)s, which is to come.") % {"year": candidate.year}
    return ""


def clean(text: object) -> str:
    """Return a text on one line, without control characters."""
    return " ".join(without_controls(str(text or "")).split())


def language_code(text: object) -> str:
    """Return a language's short code, “en” for “eng” or “en-GB”; an empty text if it is not a language."""
    code = clean(text).lower().replace("_", "-").split("-")[0]
    code = LANGUAGES.get(code, code)
    return code if LANGUAGE.match(code) else ""


def year_of(text: object) -> int | None:
    """Return the year at the start of a text: 2024 for “2024-05-01”, None for “in press”."""
    found = re.match(r"\s*[{(]?([0-9]{4})(?![0-9])", str(text or ""))
    return int(found[1]) if found else None


def _cut(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else f"{text[: max_length - 1]}…"
