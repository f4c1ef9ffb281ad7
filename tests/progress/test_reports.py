"""A report from its first word to its partner: who reads it when, and what becomes due."""

import pytest
from django.test import Client
from django.urls import reverse

from core.exceptions import Refused
from progress.models import ProgressReport
from sponsorships.models import Instalment, Sponsorship
from tests.days import TODAY, TOMORROW, as_of_now
from tests.factories import PDF, make_report, make_running, make_sponsorship
from tests.personas import EDITOR, MANAGER, PARTNER, PI, RIVAL, cast  # noqa: F401
from tests.sponsorships.uploads import upload
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("whole_cast")]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def running(cast):  # noqa: F811
    """A sponsorship under way, the second of whose instalments waits for a report."""
    contact = cast.contact(PARTNER)
    found = make_running(by=cast[MANAGER], parts=[20_000, 30_000], contact=contact, chair=cast.chair)
    found.instalments.filter(number=2).update(condition="report", due_on=None, milestone="First report")
    return found


def words(sponsorship, **more):
    return {
        "reference": "5f0c1c58-8e5f-4f1e-8f38-16f3f4f3d8c1",
        "starts_on": "2027-01-01",
        "ends_on": "2027-03-31",
        "done": "We asked a hundred nurses.",
        "result": "They answered.",
        "public_paragraph_en": "Nurses taught a machine.",
        "instalments": [sponsorship.instalments.get(number=2).pk],
        **more,
    }


def write(cast, running, **more):  # noqa: F811
    address = reverse("progress:new", args=[running.reference])
    return signed_in(cast[PI]).post(address, words(running, **more), follow=True)


def test_an_investigator_writes_a_report_with_files_and_hands_it_in(cast, running):  # noqa: F811
    page = write(cast, running, files=[upload("Figures.pdf", PDF)]).content.decode()
    report = ProgressReport.objects.get()
    assert "Figures.pdf" in page and report.status == "draft"
    signed_in(cast[PI]).post(reverse("progress:submit", args=[report.reference]))
    assert ProgressReport.objects.get().status == "submitted"


def test_two_clicks_write_one_report(cast, running):  # noqa: F811
    write(cast, running)
    write(cast, running)
    assert ProgressReport.objects.count() == 1


def test_a_file_that_is_not_what_it_says_is_refused_in_words(cast, running):  # noqa: F811
    page = write(cast, running, files=[upload("Figures.pdf", b"MZ")]).content.decode()
    assert "its content is not that of a PDF file" in page
    assert not ProgressReport.objects.get().files.exists()


def test_a_period_that_ends_before_it_starts_is_refused(cast, running):  # noqa: F811
    assert "The period ends before it starts." in write(cast, running, ends_on="2026-12-31").content.decode()


def test_an_accepted_report_makes_due_what_waited_for_it_and_nothing_else(cast, running):  # noqa: F811
    write(cast, running)
    report = perform(ProgressReport.objects.get(), "submit", by=cast[PI])
    perform(report, "accept", by=cast[EDITOR])
    assert [one.status for one in running.instalments.order_by("number")] == ["planned", "due"]


def test_a_report_sent_back_is_written_anew_and_makes_nothing_due(cast, running):  # noqa: F811
    write(cast, running)
    report = perform(ProgressReport.objects.get(), "submit", by=cast[PI])
    perform(report, "send_back", by=cast[EDITOR], note="Which nurses?")
    assert "Which nurses?" in signed_in(cast[PI]).get(report.get_absolute_url()).content.decode()
    assert not Instalment.objects.filter(status="due").exists()
    edit = reverse("progress:edit", args=[report.reference])
    seen = ProgressReport.objects.get().updated_at.isoformat()
    signed_in(cast[PI]).post(edit, words(running, done="Those of the night.", seen=seen))
    assert perform(ProgressReport.objects.get(), "submit", by=cast[PI]).done == "Those of the night."


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(cast, running):  # noqa: F811
    report = make_report(running, by=cast[PI])
    answer = signed_in(cast[PI]).post(
        reverse("progress:edit", args=[report.reference]),
        words(running, done="Mine.", seen="2020-01-01T00:00:00+00:00"),
    )
    assert answer.status_code == 409 and ProgressReport.objects.get().done == report.done


def test_an_instalment_that_was_planned_anew_stays_as_it_is(cast, running):  # noqa: F811
    report = make_report(running, "submitted", by=cast[PI])
    waiting = running.instalments.get(number=2)
    report.instalments.add(waiting)
    Instalment.objects.filter(pk=waiting.pk).update(superseded_on=TODAY())
    perform(report, "accept", by=cast[EDITOR])
    assert Instalment.objects.get(pk=waiting.pk).status == "planned"


def test_no_report_is_handed_in_on_what_does_not_run(cast):  # noqa: F811
    accepted = make_sponsorship("accepted", cast.contact(PARTNER), chair=cast.chair)
    with pytest.raises(Refused, match="this needs an active one"):
        perform(make_report(accepted, by=cast[PI]), "submit", by=cast[PI])


def test_the_partner_reads_a_report_from_its_acceptance_on_and_nobody_elses(cast, running):  # noqa: F811
    report = make_report(running, "submitted", by=cast[PI])
    address = report.get_absolute_url()
    assert signed_in(cast[PARTNER]).get(address).status_code == 404
    perform(report, "accept", by=cast[EDITOR])
    assert "They answered." in signed_in(cast[PARTNER]).get(address).content.decode()
    assert str(report) in signed_in(cast[PARTNER]).get(running.get_absolute_url()).content.decode()
    assert signed_in(cast[RIVAL]).get(address).status_code == 404


def public_page(chair):
    return Client().get(chair.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("choice", "is_told"),
    [
        ({"confidentiality": "public"}, True),
        ({"confidentiality": "name_only"}, True),
        ({"confidentiality": "anonymous"}, False),
        ({"named_from": TOMORROW}, False),
        ({"named_from": TODAY}, True),
    ],
    ids=str,
)
def test_the_public_reads_its_paragraph_if_the_partner_lets_itself_be_named(cast, running, choice, is_told):  # noqa: F811
    Sponsorship.objects.filter(pk=running.pk).update(**as_of_now(choice))
    report = make_report(running, "submitted", by=cast[PI])
    assert "Nurses taught a machine." not in public_page(cast.chair)
    perform(report, "accept", by=cast[EDITOR])
    page = public_page(cast.chair)
    assert ("Nurses taught a machine." in page) == is_told
    assert "They answered." not in page


@pytest.mark.parametrize(
    ("english", "french", "is_published"),
    [("", None, False), (None, "", False), ("Text", None, True), (None, "Texte", True)],
)
def test_a_report_without_a_word_for_the_public_in_any_language_is_not_published(english, french, is_published):
    sponsorship = make_sponsorship("accepted", confidentiality="public")
    report = make_report(sponsorship, "accepted")
    ProgressReport.objects.filter(pk=report.pk).update(public_paragraph_en=english, public_paragraph_fr=french)
    assert ProgressReport.objects.published().exists() == is_published
