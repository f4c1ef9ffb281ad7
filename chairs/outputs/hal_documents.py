"""Reads HAL's metadata: the JSON of its API, and the same saved as a file.

Fields: https://api.archives-ouvertes.fr/docs/search/?schema=fields
"""

import json

from django.utils.translation import gettext as _

from chairs.enums import OutputKind
from chairs.outputs.candidates import SHOWN_LENGTH, Candidate, Refusal, clean, language_code, trimmed, why_not, year_of

FIELDS = (
    "halId_s,doiId_s,title_s,en_title_s,fr_title_s,authFullName_s,journalTitle_s,conferenceTitle_s,bookTitle_s,"
    "producedDateY_i,docType_s,language_s,anrProjectReference_s,uri_s"
)
KINDS = {"SOFTWARE": OutputKind.SOFTWARE, "RESEARCHDATA": OutputKind.DATA_SET, "DATASET": OutputKind.DATA_SET}
VENUES = ("journalTitle_s", "conferenceTitle_s", "bookTitle_s")
# Larger files are refused.
MAX_DOCUMENTS = 10_000


def read_hal_export(text: str) -> tuple[list[Candidate], list[Refusal]]:
    """Return the candidates and refusals of a JSON export; `line` is the place in the list."""
    try:
        documents = documents_of(json.loads(text))
    except (ValueError, RecursionError):
        return [], [Refusal(1, clean(text[:SHOWN_LENGTH]), _("This is not JSON as HAL exports it."))]
    if len(documents) > MAX_DOCUMENTS:
        return [], [
            Refusal(1, "", _("More than %(number)s documents in one file: split it.") % {"number": MAX_DOCUMENTS})
        ]
    found, refused = [], []
    for number, document in enumerate(documents, 1):
        candidate = candidate_of(document, number) if isinstance(document, dict) else Candidate(number)
        reason = why_not(candidate)
        (refused.append(Refusal(number, candidate.label, reason)) if reason else found.append(candidate))
    return found, refused


def documents_of(answer: object) -> list:
    """Return the documents of an API response, or of a bare list. Raise ValueError for anything else."""
    if isinstance(answer, dict) and isinstance(answer.get("response"), dict):
        answer = answer["response"].get("docs")
    if not isinstance(answer, list):
        raise ValueError("no list of documents")
    return answer


def candidate_of(document: dict, line: int = 0) -> Candidate:
    written_in = language_code(_first(document.get("language_s")))
    # A French article may have an English title only: the language is the title's.
    titles = {code: _first(document.get(f"{code}_title_s")) for code in (written_in, "en", "fr")}
    language = next((code for code, title in titles.items() if title), written_in)
    return trimmed(
        Candidate(
            line=line,
            kind=KINDS.get(clean(document.get("docType_s")), OutputKind.PUBLICATION),
            doi=clean(document.get("doiId_s")) or None,
            hal_id=clean(document.get("halId_s")) or None,
            title=titles.get(language) or _first(document.get("title_s")),
            authors=_several(document.get("authFullName_s")),
            venue=next((_first(document[name]) for name in VENUES if document.get(name)), ""),
            year=year_of(document.get("producedDateY_i")),
            language=language,
            url=clean(document.get("uri_s")),
            stated_references=_several(document.get("anrProjectReference_s")),
        )
    )


def _several(value: object) -> list[str]:
    """Return the texts of a field, without nested values, which HAL does not send."""
    values = value if isinstance(value, list) else [value]
    return [clean(one) for one in values if one and isinstance(one, str | int)]


def _first(value: object) -> str:
    return next(iter(_several(value)), "")
