"""Asks Crossref, DataCite and HAL for the metadata of an identifier.

Requests go only to these hosts, at URLs built here: no input can name a host, and redirects are not followed. A
response is limited in time and in size.
"""

import time
from json import JSONDecodeError, loads
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings

from chairs.enums import OutputProblem, OutputRegistry
from chairs.models import Output
from chairs.outputs import hal_documents, metadata
from chairs.outputs.candidates import Candidate

if TYPE_CHECKING:
    import httpx

# The service that tells which agency registers a DOI
# (https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation).
AGENCY = "https://doi.org/doiRA/"
CROSSREF = "https://api.crossref.org/works/"
DATACITE = "https://api.datacite.org/dois/"
HAL = "https://api.archives-ouvertes.fr/search/"
# Seconds: to connect, between two chunks of a response, and for the whole response.
CONNECT, READ, WHOLE = 5.0, 10.0, 20.0
MAX_BYTES = 4 * 1024 * 1024
# How many documents to request from HAL at a time.
MAX_DOCUMENTS = 500
OK, NOT_FOUND, GONE, BUSY, SERVER_ERROR = 200, 404, 410, 429, 500
SET_ASIDE = {OutputProblem.UNREACHABLE, OutputProblem.SLOW, OutputProblem.BUSY}


class Unanswered(Exception):
    """Raised when a registry gives no metadata; `problem` says why."""

    def __init__(self, problem: OutputProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class Registries:
    """Requests metadata one output at a time; a registry that failed once is not asked again by the same object."""

    def __init__(self, transport: "httpx.BaseTransport | None" = None) -> None:
        import httpx  # 5 MB of memory, which few processes need

        contact = settings.SECURITY_CONTACT
        self.client = httpx.Client(
            transport=transport,
            timeout=httpx.Timeout(READ, connect=CONNECT),
            follow_redirects=False,
            # Uncompressed: a small response cannot expand into a large one.
            headers={"User-Agent": f"Cathedra ({settings.SITE_URL}; {contact})", "Accept-Encoding": "identity"},
        )
        self.agencies: dict[str, str] = {}
        self.set_aside: dict[str, OutputProblem] = {}

    def __enter__(self) -> "Registries":
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def about(self, output: Output) -> tuple[OutputRegistry, Candidate]:
        """Return the registry and its metadata of an output. Raise Unanswered."""
        if output.hal_id:
            return OutputRegistry.HAL, self._hal_document(output.hal_id)
        doi = output.doi or ""
        agency = self._agency(doi)
        if agency == "Crossref":
            return OutputRegistry.CROSSREF, metadata.from_crossref(self._answer(CROSSREF, quote(doi, safe="")))
        if agency == "DataCite":
            return OutputRegistry.DATACITE, metadata.from_datacite(self._answer(DATACITE, quote(doi, safe="")))
        raise Unanswered(OutputProblem.ELSEWHERE)

    def naming(self, reference: str) -> list[Candidate]:
        """Return the documents that HAL has under a grant of the ANR. Raise Unanswered."""
        return self._hal(f'anrProjectReference_s:"{reference}"', MAX_DOCUMENTS)

    def _hal_document(self, hal_id: str) -> Candidate:
        found = self._hal(f'halId_s:"{hal_id}"', 1)
        if not found:
            raise Unanswered(OutputProblem.UNKNOWN)
        return found[0]

    def _hal(self, query: str, rows: int) -> list[Candidate]:
        asked = {"q": query, "fl": hal_documents.FIELDS, "rows": str(rows), "sort": "docid desc", "wt": "json"}
        answer = self._answer(HAL, "", asked)
        try:
            documents = hal_documents.documents_of(answer)
        except ValueError:
            raise Unanswered(OutputProblem.UNREADABLE) from None
        return [hal_documents.candidate_of(document) for document in documents if isinstance(document, dict)]

    def _agency(self, doi: str) -> str:
        """Return the agency that registers a DOI; it is the same for all DOIs of a prefix."""
        prefix = doi.partition("/")[0]
        if prefix not in self.agencies:
            answer = self._answer(AGENCY, quote(prefix, safe=""))
            first = answer[0] if isinstance(answer, list) and answer and isinstance(answer[0], dict) else None
            if first is None:
                raise Unanswered(OutputProblem.UNREADABLE)
            if "RA" not in first:
                raise Unanswered(OutputProblem.UNKNOWN)
            self.agencies[prefix] = str(first["RA"])
        return self.agencies[prefix]

    def _answer(self, registry: str, path: str, asked: dict[str, str] | None = None) -> object:
        if registry in self.set_aside:
            raise Unanswered(self.set_aside[registry])
        try:
            return self._ask(registry + path, asked)
        except Unanswered as failure:
            if failure.problem in SET_ASIDE:
                self.set_aside[registry] = failure.problem
            raise

    def _ask(self, url: str, asked: dict[str, str] | None) -> object:
        import httpx

        until = time.monotonic() + WHOLE
        body = bytearray()
        try:
            with self.client.stream("GET", url, params=asked) as response:
                _refuse(response)
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > MAX_BYTES:
                        raise Unanswered(OutputProblem.UNREADABLE)
                    if time.monotonic() > until:
                        raise Unanswered(OutputProblem.SLOW)
        except httpx.TimeoutException:
            raise Unanswered(OutputProblem.SLOW) from None
        except httpx.HTTPError:
            raise Unanswered(OutputProblem.UNREACHABLE) from None
        try:
            return loads(body)
        except (JSONDecodeError, UnicodeDecodeError, RecursionError):
            raise Unanswered(OutputProblem.UNREADABLE) from None


def _refuse(response: "httpx.Response") -> None:
    status = response.status_code
    if status in (NOT_FOUND, GONE):
        raise Unanswered(OutputProblem.UNKNOWN)
    if status == BUSY:
        raise Unanswered(OutputProblem.BUSY)
    if status >= SERVER_ERROR:
        raise Unanswered(OutputProblem.UNREACHABLE)
    if status != OK or response.headers.get("Content-Encoding", "identity") != "identity":
        raise Unanswered(OutputProblem.UNREADABLE)
