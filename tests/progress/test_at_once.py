"""Two requests for one report: each is answered with a page, and nothing is written twice or over another's."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from progress.models import ProgressReport
from tests import factories
from tests.verbs import perform

pytestmark = pytest.mark.database(quick=True)

WORDS = {"starts_on": "2027-01-01", "ends_on": "2027-03-31", "done": "We asked.", "result": "They answered."}
REFERENCE = "5f0c1c58-8e5f-4f1e-8f38-16f3f4f3d8c1"


@pytest.fixture
def running():
    return factories.make_running()


@pytest.fixture
def writer(running):
    writer = factories.make_user()
    factories.make_appointment(running.chair, person=factories.make_person(user=writer))
    return writer


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def at_once(*requests):
    """Send each (client, address, data) from a thread of its own; answer the status codes."""
    start = threading.Barrier(len(requests))

    def send(request):
        client, address, data = request
        start.wait(20)
        try:
            return client.post(address, data).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


@pytest.mark.django_db(transaction=True)
def test_a_double_click_writes_one_report(running, writer):
    address = reverse("progress:new", args=[running.reference])
    clients = [signed_in(writer), signed_in(writer)]
    for digit in "2345":
        data = {**WORDS, "reference": REFERENCE[:-1] + digit}
        assert at_once(*((client, address, data) for client in clients)) == [302, 302]
    assert ProgressReport.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_save_and_a_hand_in_at_once_are_both_answered(running, writer):
    clients = [signed_in(writer), signed_in(writer)]
    for _round in range(4):
        report = factories.make_report(running, by=writer)
        saved, handed_in = at_once(
            (clients[0], reverse("progress:edit", args=[report.reference]), {**WORDS, "reference": report.reference}),
            (clients[1], reverse("progress:submit", args=[report.reference]), {}),
        )
        assert handed_in == 302 and saved in (302, 409)
        report = ProgressReport.objects.get(pk=report.pk)
        assert report.status == "submitted" and (report.done == WORDS["done"]) == (saved == 302)


@pytest.mark.django_db
def test_the_reference_of_another_report_is_answered_with_a_sentence(running, writer):
    other = factories.make_report(factories.make_running())
    address = reverse("progress:new", args=[running.reference])
    response = signed_in(writer).post(address, {**WORDS, "reference": other.reference})
    page = response.content.decode()
    assert response.status_code == 409 and "this page was made for another report" in page and "We asked." in page
    assert str(other.reference) not in page
    assert ProgressReport.objects.get() == other


@pytest.mark.django_db
def test_what_is_saved_after_the_hand_in_is_shown_and_not_kept(running, writer):
    report = perform(factories.make_report(running, by=writer), "submit", by=writer)
    response = signed_in(writer).post(
        reverse("progress:edit", args=[report.reference]), {**WORDS, "reference": report.reference, "done": "Too late."}
    )
    page = response.content.decode()
    assert response.status_code == 409 and "the report was handed in since you opened this page" in page
    assert "Too late." in page and ProgressReport.objects.get().done == report.done
