"""What was pasted is kept at once, and completed away from the request; what cannot be is kept and asked again."""

import pytest
from django.core.management import call_command

from chairs.enums import OutputProblem
from chairs.models import Output
from chairs.outputs import completion
from chairs.outputs.adding import add
from chairs.outputs.candidates import Candidate
from chairs.outputs.completion import MAX_TRIES, complete_waiting
from clusters.enums import Origin
from tests.chairs.outputs.registry import CROSSREF, HAL, Recorded, answer_with, says
from tests.factories import make_appointment, make_chair, make_cluster, make_person, make_user
from tests.output_factory import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]


@pytest.fixture
def chair():
    cluster = make_cluster(anr_reference="ANR-23-IACL-0008")
    made = make_chair("active", cluster=cluster, with_pi=False)
    make_appointment(made, person=make_person(name="Ada Nombre"))
    return made


def bare(chair, **overrides):
    return make_output(
        chair, **{"title": "", "authors": [], "year": None, "doi": None, "completed_at": None, **overrides}
    )


def test_what_is_added_is_completed_by_the_worker(chair, monkeypatch, settings):
    answer_with(monkeypatch, settings, Recorded())
    add(chair, [Candidate(doi=CROSSREF), Candidate(hal_id=HAL)], by=make_user(), is_confirmed=True)
    paper, talk = Output.objects.order_by("pk")
    assert (paper.title, paper.registry, paper.problem) == ("Learning few labels & many", "crossref", "")
    assert (talk.doi, talk.hal_id, talk.registry) == ("10.1109/example.2025.1", HAL, "hal")
    assert paper.history.count() == 2 and "learning few labels" in paper.search_key


def test_nothing_is_asked_where_it_is_switched_off(chair, monkeypatch, settings):
    transport = answer_with(monkeypatch, settings, Recorded())
    settings.ASK_REGISTRIES = False
    add(chair, [Candidate(doi=CROSSREF)], by=make_user(), is_confirmed=True)
    call_command("complete_outputs")
    assert transport.asked == [] and Output.objects.get().doi == CROSSREF


def test_what_is_not_answered_keeps_its_identifier_says_why_and_is_asked_again_at_night(chair, monkeypatch, settings):
    output = bare(chair, doi=CROSSREF)
    answer_with(monkeypatch, settings, Recorded(crossref=says(404)))
    assert complete_waiting() == 0
    output.refresh_from_db()
    assert (output.doi, output.problem, output.tries) == (CROSSREF, OutputProblem.UNKNOWN, 1)
    answer_with(monkeypatch, settings, Recorded())
    call_command("complete_outputs", verbosity=0)
    output.refresh_from_db()
    assert (output.title, output.problem) == ("Learning few labels & many", "")


def test_an_answer_without_a_title_is_none(chair, monkeypatch, settings):
    output = bare(chair, doi=CROSSREF)
    answer_with(monkeypatch, settings, Recorded(crossref=says(200, json={"message": {}})))
    complete_waiting()
    output.refresh_from_db()
    assert output.problem == OutputProblem.UNREADABLE and output.completed_at is None


def test_the_nights_are_bounded(chair, monkeypatch, settings):
    transport = answer_with(monkeypatch, settings, Recorded())
    bare(chair, doi="10.1016/given.up", tries=MAX_TRIES)
    bare(chair, doi="10.1016/made.up", origin=Origin.DEMONSTRATION)
    monkeypatch.setattr(completion, "MAX_A_NIGHT", 2)
    for number in range(3):
        bare(chair, doi=f"10.1016/{number}")
    complete_waiting()
    assert transport.hosts.count("api.crossref.org") == 2


def test_what_somebody_wrote_meanwhile_stands(chair, monkeypatch, settings):
    bare(chair, doi=CROSSREF, venue="As staff wrote it")
    make_output(chair, doi="10.1109/example.2025.1")
    talk = bare(chair, hal_id=HAL)
    answer_with(monkeypatch, settings, Recorded())
    complete_waiting()
    assert Output.objects.get(doi=CROSSREF).venue == "As staff wrote it"
    talk.refresh_from_db()
    assert talk.title and talk.doi is None  # another output of the chair has it


def test_what_hal_holds_under_the_grant_is_proposed_once_and_waits(chair, monkeypatch, settings):
    transport = answer_with(monkeypatch, settings, Recorded())
    monkeypatch.setattr("chairs.outputs.registries.Registries", completion.Registries)
    call_command("complete_outputs", verbosity=0)
    call_command("complete_outputs", verbosity=0)
    output = Output.objects.get()
    assert (output.chair, output.hal_id, output.confirmed_at) == (chair, HAL, None)
    assert transport.asked[0].url.params["q"] == 'anrProjectReference_s:"ANR-23-IACL-0008"'
    assert not Output.objects.published().exists()
