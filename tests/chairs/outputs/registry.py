"""The registries as tests have them: answers that were recorded, given by a transport of the client."""

import contextlib
import socket
from functools import partial
from pathlib import Path

import httpx

from chairs.outputs import completion, registries

RECORDED = Path(__file__).parent / "recorded"
CROSSREF, DATACITE, HAL = "10.1016/j.example.2024.01.001", "10.5281/zenodo.1234567", "hal-04012345"
AGENCIES = {"10.1016": "Crossref", "10.5281": "DataCite", "10.9999": "mEDRA"}


def recorded(name: str) -> bytes:
    return (RECORDED / name).read_bytes()


class Recorded(httpx.MockTransport):
    """Answers as the registries do, and keeps what it was asked. `instead` answers in the place of a host."""

    def __init__(self, **instead):
        super().__init__(self.answer)
        self.asked: list[httpx.Request] = []
        self.instead = instead

    @property
    def hosts(self) -> list[str]:
        return [request.url.host for request in self.asked]

    def answer(self, request):
        self.asked.append(request)
        name = {"doi.org": "agency", "api.crossref.org": "crossref", "api.datacite.org": "datacite"}.get(
            request.url.host, "hal"
        )
        if name in self.instead:
            return self.instead[name](request)
        if name == "agency":
            agency = AGENCIES.get(request.url.path.removeprefix("/doiRA/"))
            said = {"RA": agency} if agency else {"status": "DOI does not exist"}
            return httpx.Response(200, json=[{"DOI": "…", **said}])
        return httpx.Response(200, content=recorded(f"{name}.json"))


def says(status=200, **answer):
    return lambda request: httpx.Response(status, **answer)


class Elsewhere(httpx.HTTPTransport):
    """Leads every request to a server of the test, in plain HTTP."""

    def __init__(self, port):
        super().__init__()
        self.port = port

    def handle_request(self, request):
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return super().handle_request(request)


@contextlib.contextmanager
def silent_server():
    """Give the port of a server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def answer_with(monkeypatch, settings, transport):
    """Let the site ask the registries, and have this transport answer."""
    settings.ASK_REGISTRIES = True
    monkeypatch.setattr(completion, "Registries", partial(registries.Registries, transport))
    return transport
