"""What the registries say, and what becomes of an output when they do not."""

import httpx
import pytest

from chairs.enums import OutputProblem as P
from chairs.models import Output
from chairs.outputs import registries
from chairs.outputs.registries import Registries, Unanswered
from tests.chairs.outputs.registry import CROSSREF, DATACITE, HAL, Elsewhere, Recorded, recorded, says, silent_server


def ask(transport, *outputs):
    """Return what is answered about each output: a candidate, or the problem."""
    said = []
    with Registries(transport) as asked:
        for output in outputs:
            try:
                said.append(asked.about(output))
            except Unanswered as failure:
                said.append(failure.problem)
    return said


def test_the_agency_decides_who_is_asked():
    transport = Recorded()
    (crossref, paper), (datacite, data), (hal, talk) = ask(
        transport, Output(doi=CROSSREF), Output(doi=DATACITE), Output(hal_id=HAL)
    )
    assert (crossref, datacite, hal) == ("crossref", "datacite", "hal")
    assert (paper.title, paper.venue, paper.year) == ("Learning few labels & many", "Journal of Examples", 2024)
    assert paper.authors == ["Ada Nombre", "The Example Collaboration"]
    assert paper.stated_references == ["ANR-23- IACL-0004"]
    assert (data.kind, data.language, data.year) == ("data_set", "fr", 2025)
    assert data.authors == ["Ada Nombre", "Lin Delta"]
    assert (talk.title, talk.doi, talk.venue) == (
        "Vehicles that explain",
        "10.1109/example.2025.1",
        "Conference on Examples",
    )
    assert transport.hosts == ["doi.org", "api.crossref.org", "doi.org", "api.datacite.org", "api.archives-ouvertes.fr"]


def test_the_agency_of_a_prefix_is_asked_once_and_the_site_says_who_it_is():
    transport = Recorded()
    ask(transport, Output(doi=CROSSREF), Output(doi=CROSSREF + "2"))
    assert transport.hosts == ["doi.org", "api.crossref.org", "api.crossref.org"]
    assert {request.headers["User-Agent"] for request in transport.asked} == {
        "Cathedra (http://localhost; mailto:security@localhost)"
    }


def test_no_identifier_leads_the_client_to_another_host():
    transport = Recorded()
    ask(transport, Output(doi="10.1016/../../@evil.example/x?y#z"), Output(hal_id='x" OR *:*'))
    assert set(transport.hosts) <= {"doi.org", "api.crossref.org", "api.archives-ouvertes.fr"}
    assert b"%2F..%2F..%2F%40evil.example%2Fx%3Fy%23z" in transport.asked[1].url.raw_path


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (says(404, text="Resource not found."), P.UNKNOWN),
        (says(200, html="<html><body>Maintenance</body></html>"), P.UNREADABLE),
        (says(200, content=recorded("crossref.json")[:200]), P.UNREADABLE),
        (says(200, content=b"\xff\xfe"), P.UNREADABLE),
        (says(429, text="Too many requests"), P.BUSY),
        (says(503), P.UNREACHABLE),
        (says(302, headers={"Location": "http://127.0.0.1/"}), P.UNREADABLE),
        (says(200, content=b"", headers={"Content-Encoding": "gzip"}), P.UNREADABLE),
        (says(200, content=b" " * (registries.MAX_BYTES + 1)), P.UNREADABLE),
    ],
)
def test_an_answer_that_is_none_says_why(answer, problem):
    transport = Recorded(crossref=answer)
    assert ask(transport, Output(doi=CROSSREF)) == [problem]
    assert transport.hosts == ["doi.org", "api.crossref.org"]


@pytest.mark.parametrize(
    "answer", [{"message": []}, {"message": {"title": "x", "author": [1], "published": {"date-parts": [[]]}}}, [], 3]
)
def test_json_of_another_shape_is_read_as_far_as_it_goes(answer):
    [(_registry, candidate)] = ask(Recorded(crossref=says(200, json=answer)), Output(doi=CROSSREF))
    assert candidate.title == ""


def test_a_doi_that_nobody_registered_and_one_of_another_agency():
    assert ask(Recorded(), Output(doi="10.4444/none"), Output(doi="10.9999/other")) == [P.UNKNOWN, P.ELSEWHERE]
    assert ask(Recorded(hal=says(200, json={"response": {"docs": []}})), Output(hal_id=HAL)) == [P.UNKNOWN]


def test_who_asks_for_patience_is_not_asked_again_and_the_others_are():
    transport = Recorded(crossref=says(429))
    said = ask(transport, Output(doi=CROSSREF), Output(doi=CROSSREF + "2"), Output(doi=DATACITE))
    assert said[:2] == [P.BUSY, P.BUSY] and said[2][0] == "datacite"
    assert transport.hosts.count("api.crossref.org") == 1


def test_who_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(registries, "READ", 0.05)
    with silent_server() as port:
        assert ask(Elsewhere(port), Output(hal_id=HAL)) == [P.SLOW]


def test_who_answers_a_piece_at_a_time_is_given_up_too(monkeypatch):
    monkeypatch.setattr(registries, "WHOLE", 0)
    assert ask(Recorded(hal=says(200, content=[b" ", b" "].__iter__())), Output(hal_id=HAL)) == [P.SLOW]


def test_who_cannot_be_reached_is_told():
    def refuse(request):
        raise httpx.ConnectError("no route")

    assert ask(Recorded(hal=refuse), Output(hal_id=HAL)) == [P.UNREACHABLE]
