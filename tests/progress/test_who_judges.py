"""Nobody judges a report from either of its sides: not who wrote it, nor who leads the chair, nor who pays."""

import datetime

import pytest
from django.urls import reverse

from core.exceptions import Refused
from core.verbs import why_not
from progress.models import ProgressReport
from tests import factories
from tests.personas import EDITOR, MANAGER, PARTNER, PI, cast  # noqa: F401
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]


@pytest.fixture
def running(cast):  # noqa: F811
    return factories.make_running(by=cast[MANAGER], contact=cast.contact(PARTNER), chair=cast.chair)


@pytest.fixture
def handed_in(cast, running):  # noqa: F811
    return factories.make_report(running, "submitted", by=cast[PI])


def refused(report, user):
    for verb in ("accept", "send_back"):
        with pytest.raises(Refused, match="but not their own"):
            perform(report, verb, by=user, note="No.")
    return ProgressReport.objects.get(pk=report.pk).status == "submitted"


def investigator(chair, user, **more):
    return factories.make_appointment(chair, person=factories.make_person(user=user), **more)


def test_nobody_accepts_their_own_report(cast, running):  # noqa: F811
    assert refused(factories.make_report(running, "submitted", by=cast[EDITOR]), cast[EDITOR])


def rewritten(report, user, **words):
    report = ProgressReport.objects.get(pk=report.pk)
    for name, text in words.items():
        setattr(report, name, text)
    report._history_user = user
    report.save()
    return report


@pytest.mark.usefixtures("field_history")
def test_who_rewrote_a_report_and_left_the_chair_since_does_not_judge_it(cast, running):  # noqa: F811
    factories.make_appointment(
        running.chair, person=factories.make_person(user=cast[EDITOR]), ends_on=datetime.date(2026, 1, 31)
    )
    draft = factories.make_report(running, by=cast[PI])
    perform(rewritten(draft, cast[EDITOR], result="Better words."), "submit", by=cast[PI])
    assert refused(draft, cast[EDITOR])
    perform(draft, "accept", by=cast[MANAGER])


@pytest.mark.usefixtures("field_history")
def test_a_report_names_all_who_wrote_it(cast, running, client):  # noqa: F811
    draft = factories.make_report(running, by=cast[PI])
    colleague = factories.make_user(name="Ada Second")
    investigator(running.chair, colleague)
    perform(rewritten(draft, colleague, done="More was done."), "submit", by=cast[PI])
    client.force_login(cast[MANAGER])
    perform(ProgressReport.objects.get(pk=draft.pk), "accept", by=cast[MANAGER])
    page = client.get(reverse("admin:progress_progressreport_change", args=[draft.pk])).text
    assert f"{cast[PI].name}, Ada Second" in page


def test_an_investigator_of_the_chair_accepts_no_colleagues_report(cast, handed_in):  # noqa: F811
    investigator(cast.chair, cast[EDITOR])
    assert refused(handed_in, cast[EDITOR])


def test_whoever_handed_it_in_does_not_accept_it_once_their_post_is_over(cast, running):  # noqa: F811
    post = investigator(cast.chair, cast[EDITOR])
    report = perform(factories.make_report(running, by=cast[PI]), "submit", by=cast[EDITOR])
    post.delete()
    assert refused(report, cast[EDITOR])


def test_a_contact_of_the_partner_accepts_no_report_to_it(cast, handed_in):  # noqa: F811
    factories.make_contact(cast.company, cast[EDITOR])
    assert refused(handed_in, cast[EDITOR])


def test_an_investigator_of_another_chair_accepts_it(cast, handed_in):  # noqa: F811
    investigator(factories.make_chair("active", cluster=cast.cluster), cast[EDITOR])
    assert why_not(handed_in, "accept", cast[EDITOR]) == []
    assert perform(handed_in, "accept", by=cast[EDITOR]).status == "accepted"
