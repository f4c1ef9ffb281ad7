"""A chair's yearly report: the investigator writes and hands in, staff send back or accept; staff write for who will not."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.models.mail import OutgoingMail
from core.verbs import why_not
from tests import factories
from tests.personas import EDITOR, MANAGER, PARTNER, PI, SECOND_MANAGER, cast  # noqa: F401
from tests.verbs import perform
from tests.yearly.factories import make_chair_year
from yearly.models import ChairYearReport
from yearly.verbs import version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast", "field_history")]
LAST_YEAR = timezone.localdate().year - 1
WORDS = {
    "highlights_en": "We taught a machine to listen.",
    "highlights_fr": "",
    "results_en": "",
    "results_fr": "",
    "difficulties_en": "",
    "difficulties_fr": "",
    "corrections": "One course is missing.",
    "seen": "",
}


def address(name, chair, year=LAST_YEAR):
    return reverse(f"yearly:{name}", args=[chair.cluster.slug, chair.slug, year])


def test_an_investigator_finds_the_figures_writes_and_hands_in(client, cast):  # noqa: F811
    factories.make_teaching(cast.chair, year=LAST_YEAR, hours_etd="64")
    client.force_login(cast[PI])
    page = client.get(address("report", cast.chair)).content.decode()
    assert "<dt>Hours taught by the chair</dt><dd>64</dd>" in page and "Not begun" in page
    answer = client.post(address("edit", cast.chair), WORDS)
    assert answer.status_code == 302
    report = ChairYearReport.objects.get()
    assert (report.chair, report.year, report.status) == (cast.chair, LAST_YEAR, "draft")
    assert report.created_by == cast[PI]
    client.post(address("submit", cast.chair))
    report = ChairYearReport.objects.get()
    assert report.status == "submitted"
    assert report.facts["teaching_hours"] == "64.00" or report.facts["teaching_hours"].startswith("64")
    assert set(OutgoingMail.objects.values_list("occasion", flat=True)) == {"yearly/submitted_staff"}
    assert not mail.outbox


def test_what_was_handed_in_keeps_its_figures(client, cast):  # noqa: F811
    report = perform(make_chair_year(cast.chair, by=cast[PI]), "submit", by=cast[PI])
    factories.make_teaching(cast.chair, year=LAST_YEAR, hours_etd="777.25")
    client.force_login(cast[PI])
    page = client.get(report.get_absolute_url()).content.decode()
    assert "<dt>Hours taught by the chair</dt><dd>0</dd>" in page
    assert "777.25" not in page and "As they stood when the report was handed in" in page


def test_an_empty_report_is_not_handed_in_and_says_why(client, cast):  # noqa: F811
    make_chair_year(cast.chair, by=cast[PI], highlights_en="", highlights_fr="")
    client.force_login(cast[PI])
    page = client.get(address("report", cast.chair)).content.decode()
    assert "Write the highlights or the results of the year" in page
    client.post(address("submit", cast.chair))
    assert ChairYearReport.objects.get().status == "draft"


def test_this_year_is_handed_in_once_it_is_over(cast):  # noqa: F811
    report = make_chair_year(cast.chair, by=cast[PI], year=timezone.localdate().year)
    [reason] = why_not(report, "submit", cast[PI])
    assert reason.startswith("The year is not over")


def test_a_chair_does_not_report_of_a_year_in_which_it_did_not_run(client, cast):  # noqa: F811
    client.force_login(cast[PI])
    assert client.get(address("report", cast.chair, 1995)).status_code == 404
    assert client.get(address("edit", cast.chair, 2090)).status_code == 404


def test_text_too_long_is_said_beside_the_field_and_nothing_is_lost(client, cast):  # noqa: F811
    client.force_login(cast[PI])
    answer = client.post(address("edit", cast.chair), {**WORDS, "highlights_en": "x" * 5001})
    page = answer.content.decode()
    assert answer.status_code == 200 and "at most 5,000 characters" in page.replace("5000", "5,000")
    assert "x" * 5001 in page and "One course is missing." in page
    assert not ChairYearReport.objects.exists()


def test_a_stale_page_overwrites_nothing(client, cast):  # noqa: F811
    report = make_chair_year(cast.chair, by=cast[PI])
    client.force_login(cast[PI])
    answer = client.post(address("edit", cast.chair), {**WORDS, "seen": "2020-01-01T00:00:00+00:00"})
    assert answer.status_code == 409 and "We taught a machine to listen." in answer.content.decode()
    report.refresh_from_db()
    assert report.highlights_en == "A hundred nurses were asked."


def test_two_who_begin_it_at_once_are_told(client, cast):  # noqa: F811
    client.force_login(cast[PI])
    client.post(address("edit", cast.chair), WORDS)
    answer = client.post(address("edit", cast.chair), {**WORDS, "highlights_en": "The other page."})
    assert answer.status_code == 409 and "The other page." in answer.content.decode()
    assert ChairYearReport.objects.get().highlights_en == "We taught a machine to listen."


def test_staff_send_back_with_a_reason_that_the_investigator_reads(client, cast):  # noqa: F811
    report = perform(make_chair_year(cast.chair, by=cast[PI]), "submit", by=cast[PI])
    with pytest.raises(Refused, match="Say why"):
        perform(report, "send_back", by=cast[EDITOR])
    perform(report, "send_back", by=cast[EDITOR], note="Which nurses?")
    client.force_login(cast[PI])
    assert "Which nurses?" in client.get(report.get_absolute_url()).content.decode()
    [sent] = OutgoingMail.objects.filter(occasion="yearly/sent_back")
    assert sent.recipient == cast[PI] and "Which nurses?" in sent.text


@pytest.mark.usefixtures("field_history")
def test_in_french_the_panel_says_it_with_the_space_of_a_colon(client, cast):  # noqa: F811
    report = perform(make_chair_year(cast.chair, by=cast[PI]), "submit", by=cast[PI])
    client.force_login(cast[MANAGER])
    client.cookies["django_language"] = "fr"
    act = reverse("admin:yearly_chairyearreport_verb", args=[report.pk, "send_back"])
    page = client.post(act, {"note": "Quelles infirmières ?", "seen": version(report)}, follow=True).content.decode()
    assert "\N{NO-BREAK SPACE}: renvoyé." in page
    assert "Logiciels" in page


def test_editors_send_back_and_managers_accept(cast):  # noqa: F811
    report = make_chair_year(cast.chair, "submitted", by=cast[PI])
    assert why_not(report, "accept", cast[EDITOR]) and not why_not(report, "send_back", cast[EDITOR])
    assert perform(report, "accept", by=cast[MANAGER]).status == "accepted"


def test_who_writes_on_behalf_does_not_accept_it_and_the_record_says_so(cast):  # noqa: F811
    report = perform(make_chair_year(cast.chair, by=cast[MANAGER]), "submit", by=cast[MANAGER])
    assert report.transitions.get().who == f"{cast[MANAGER]}, on behalf of the investigators"
    [told] = OutgoingMail.objects.filter(occasion="yearly/submitted_investigators")
    assert told.recipient == cast[PI]
    assert why_not(report, "accept", cast[MANAGER])
    assert perform(report, "accept", by=cast[SECOND_MANAGER]).status == "accepted"


def test_a_manager_who_rewrote_a_report_does_not_accept_it(cast):  # noqa: F811
    report = make_chair_year(cast.chair, by=cast[PI])
    report.results_en, report._history_user = "Better words.", cast[MANAGER]
    report.save()
    report = perform(ChairYearReport.objects.get(pk=report.pk), "submit", by=cast[PI])
    assert why_not(report, "accept", cast[MANAGER])
    assert perform(report, "accept", by=cast[SECOND_MANAGER]).status == "accepted"


@pytest.mark.parametrize("needs_four_eyes", [True, False])
def test_a_manager_who_leads_the_chair_does_not_judge_its_report(cast, needs_four_eyes):  # noqa: F811
    cast.cluster.needs_four_eyes = needs_four_eyes
    cast.cluster.save()
    factories.make_appointment(cast.chair, person=factories.make_person(user=cast[SECOND_MANAGER]))
    report = make_chair_year(cast.chair, "submitted", by=cast[PI])
    for verb in ("accept", "send_back"):
        assert why_not(report, verb, cast[SECOND_MANAGER]) and not why_not(report, verb, cast[MANAGER])


def test_the_only_manager_accepts_what_they_wrote(cast):  # noqa: F811
    cast.cluster.needs_four_eyes = False
    cast.cluster.save()
    report = make_chair_year(cast.chair, "submitted", by=cast[MANAGER])
    report = ChairYearReport.objects.get(pk=report.pk)
    assert not why_not(report, "accept", cast[MANAGER])


def test_a_stranger_finds_nothing(client, cast):  # noqa: F811
    report = make_chair_year(cast.chair, by=cast[PI])
    client.force_login(cast[PARTNER])
    assert client.get(report.get_absolute_url()).status_code == 404


def test_staff_write_on_behalf_in_the_panel(client, cast):  # noqa: F811
    client.force_login(cast[EDITOR])
    add = reverse("admin:yearly_chairyearreport_add")
    elsewhere = factories.make_chair("active", cluster=cast.elsewhere)
    answer = client.post(add, {**WORDS, "chair": elsewhere.pk, "year": LAST_YEAR})
    assert "not one of the records that you can choose" in answer.content.decode()
    answer = client.post(add, {**WORDS, "chair": cast.chair.pk, "year": 1995})
    assert "The chair did not run in this year." in answer.content.decode()
    assert "We taught a machine to listen." in answer.content.decode()
    assert client.post(add, {**WORDS, "chair": cast.chair.pk, "year": LAST_YEAR}).status_code == 302
    report = ChairYearReport.objects.get()
    assert report.created_by == cast[EDITOR]
    answer = client.post(add, {**WORDS, "chair": cast.chair.pk, "year": LAST_YEAR})
    assert "This chair already has a report of this year." in answer.content.decode()


def test_who_is_missing_is_listed_and_reminded_once_a_day(client, cast):  # noqa: F811
    silent = factories.make_chair("active", cluster=cast.cluster, title_en="A silent chair", with_pi=False)
    make_chair_year(cast.chair, "submitted", by=cast[PI])
    client.force_login(cast[EDITOR])
    listed = reverse("admin:yearly_chairyearreport_missing")
    page = client.get(listed).content.decode()
    assert "A silent chair" in page and str(cast.chair.title_en) not in page.replace("A silent chair", "")
    remind = reverse("admin:yearly_chairyearreport_remind", args=[LAST_YEAR, silent.pk])
    assert "None of the chair’s investigators has an account" in client.post(remind, follow=True).content.decode()
    factories.make_appointment(silent, person=factories.make_person(user=factories.make_user("new@example.org")))
    client.post(remind)
    client.post(remind)
    assert OutgoingMail.objects.filter(occasion="reminders/year_due").count() == 1
    assert client.get(listed + "?year=x&cluster=y").content.decode().count("errornote") == 2
    assert client.get(remind).status_code == 405
    for year in (0, LAST_YEAR + 2, 99_999):
        url = reverse("admin:yearly_chairyearreport_remind", args=[year, silent.pk])
        assert client.post(url).status_code == 404
