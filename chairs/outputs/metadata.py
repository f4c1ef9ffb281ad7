"""Reads the metadata of a DOI from Crossref and DataCite. For HAL, see hal_documents.py.

Crossref: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
DataCite: https://support.datacite.org/docs/api
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from chairs.enums import OutputKind
from chairs.outputs.candidates import Candidate, clean, trimmed, year_of

DATACITE_KINDS = {
    "software": OutputKind.SOFTWARE,
    "computationalnotebook": OutputKind.SOFTWARE,
    "dataset": OutputKind.DATA_SET,
}
# Crossref's titles contain JATS elements: <i>, <sub>, <mml:math …>.
ELEMENT = re.compile(r"</?[a-zA-Z][a-zA-Z:]{0,20}(\s[^<>]{0,200})?/?>")
# Crossref's dates, the one that readers use first.
CROSSREF_DATES = ("published", "issued", "published-print", "published-online", "created")


def from_crossref(answer: object) -> Candidate:
    said = _part(answer, "message")
    date = next((year for name in CROSSREF_DATES if (year := _year_in(said.get(name)))), None)
    return trimmed(
        Candidate(
            kind=OutputKind.DATA_SET if said.get("type") == "dataset" else OutputKind.PUBLICATION,
            doi=clean(said.get("DOI")) or None,
            title=_first(said.get("title")),
            authors=[_name(author, "given", "family") for author in _parts(said.get("author"))],
            venue=_first(said.get("container-title")) or clean(said.get("publisher")),
            year=date,
            language=clean(said.get("language")),
            stated_references=[
                award for funder in _parts(said.get("funder")) for award in map(clean, _list(funder.get("award")))
            ],
        )
    )


def from_datacite(answer: object) -> Candidate:
    said = _part(_part(answer, "data"), "attributes")
    title = next(iter(_parts(said.get("titles"))), {})
    publisher = said.get("publisher")
    general = clean(_part(said, "types").get("resourceTypeGeneral")).lower()
    return trimmed(
        Candidate(
            kind=DATACITE_KINDS.get(general, OutputKind.PUBLICATION),
            doi=clean(said.get("doi")) or None,
            title=clean(title.get("title")),
            authors=[_name(author, "givenName", "familyName") for author in _parts(said.get("creators"))],
            venue=clean(publisher.get("name") if isinstance(publisher, dict) else publisher),
            year=year_of(said.get("publicationYear")),
            language=clean(title.get("lang") or said.get("language")),
            stated_references=[clean(one.get("awardNumber")) for one in _parts(said.get("fundingReferences"))],
        )
    )


def _name(author: dict[str, Any], given: str, family: str) -> str:
    """Return a name as “Ada Nombre”, from the parts that are stated."""
    both = [clean(author.get(given)), clean(author.get(family))]
    if both[1]:
        return " ".join(filter(None, both))
    last, comma, first = clean(author.get("name")).partition(", ")
    return f"{first} {last}" if comma else last


def _year_in(date: object) -> int | None:
    """Return the year of {"date-parts": [[2024, 5]]}, or None."""
    parts = _list(date.get("date-parts")) if isinstance(date, dict) else []
    return year_of(parts[0][0]) if parts and isinstance(parts[0], list) and parts[0] else None


def _part(answer: object, name: str) -> dict[str, Any]:
    found = answer.get(name) if isinstance(answer, dict) else None
    return found if isinstance(found, dict) else {}


def _parts(value: object) -> Iterable[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(value: object) -> str:
    return next((clean(unescape(ELEMENT.sub("", str(one)))) for one in _list(value)), "")
