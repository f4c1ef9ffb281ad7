"""Staff judge the version that their page showed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from progress.models import ProgressReport
from tests import factories
from tests.personas import EDITOR, MANAGER, PARTNER, PI, cast  # noqa: F401
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):  # noqa: F811
    running = factories.make_running(by=cast[MANAGER], contact=cast.contact(PARTNER), chair=cast.chair)
    return factories.make_report(running, "submitted", by=cast[PI], result="Version one.")


@pytest.fixture
def client(cast):  # noqa: F811
    client = Client()
    client.force_login(cast[EDITOR])
    return client


def address(report, verb):
    return reverse("admin:progress_progressreport_verb", args=[report.pk, verb])


def seen_on(page):
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


def hand_in_anew(report, cast):  # noqa: F811
    report = perform(report, "send_back", by=cast[MANAGER], note="Which nurses?")
    ProgressReport.objects.filter(pk=report.pk).update(result="Version two.")
    return perform(ProgressReport.objects.get(pk=report.pk), "submit", by=cast[PI])


@pytest.mark.parametrize(("verb", "after"), [("accept", "accepted"), ("send_back", "sent_back")])
def test_what_the_page_showed_is_judged(client, report, verb, after):
    page = client.get(address(report, verb)).content.decode()
    assert "Version one." in page
    client.post(address(report, verb), {"note": "Read.", "seen": seen_on(page)})
    assert ProgressReport.objects.get().status == after


@pytest.mark.parametrize("verb", ["accept", "send_back"])
def test_another_version_is_shown_before_it_is_judged(client, cast, report, verb):  # noqa: F811
    old = seen_on(client.get(address(report, verb)).content.decode())
    hand_in_anew(report, cast)
    page = client.post(address(report, verb), {"note": "Read.", "seen": old}).content.decode()
    assert "Another version was handed in since you opened this page." in page
    assert ProgressReport.objects.get().status == "submitted"
    assert "Version two." in page
    client.post(address(report, verb), {"note": "Read.", "seen": seen_on(page)})
    assert ProgressReport.objects.get().status != "submitted"


def test_a_page_that_carries_no_version_judges_nothing(client, report):
    client.post(address(report, "accept"), {"note": ""})
    assert ProgressReport.objects.get().status == "submitted"
