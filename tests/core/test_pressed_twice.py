"""A button pressed twice, or in several tabs at once: one record, and a page for everybody."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from clusters.models import ChangeRequest, Person
from core.models.lists import SavedView
from desk.models import CalendarAddress
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("field_history", "search_index"),
]
TABS = 6


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def tabs(cluster):
    """Tabs of one manager, who is logged in in each."""
    manager = factories.make_staff(cluster)
    clients = [Client(raise_request_exception=False) for _number in range(TABS)]
    for client in clients:
        client.force_login(manager)
    return clients


def posted_at_once(tabs, url, values) -> list[int]:
    """Post the values in all tabs at the same moment; return the status of each answer, sorted."""
    start = threading.Barrier(len(tabs))

    def post(tab):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return tab.post(url, values).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tabs)) as pool:
        return sorted(pool.map(post, tabs))


def test_one_person_is_added_and_the_other_tabs_read_why_theirs_is_not(cluster, tabs):
    values = {"name": "Zoé Double", "registered_in": cluster.pk, "contact_language": "fr"}
    rows = {"appointments-TOTAL_FORMS": 0, "appointments-INITIAL_FORMS": 0}
    answers = posted_at_once(tabs, "/admin/clusters/person/add/", values | rows)
    assert set(answers) <= {200, 302}
    assert Person.objects.filter(name="Zoé Double").count() == 1


def test_one_view_is_kept_under_a_name(tabs):
    url = "/admin/lists/clusters/person/keep/?q=a"
    answers = posted_at_once(tabs, url, {"name": "Mine", "columns": ["name"]})
    assert set(answers) <= {200, 302}
    assert SavedView.objects.count() == 1


def test_one_change_of_a_record_is_asked_for(cluster, tabs):
    chair = factories.make_chair("active", cluster=cluster)
    values = {"starts_on": "2026-01-01", "ends_on": "2030-12-31", "why": "The convention."}
    answers = posted_at_once(tabs, f"/admin/chairs/chair/{chair.pk}/ask/", values)
    assert set(answers) <= {200, 302}
    assert ChangeRequest.objects.count() == 1


def test_the_calendar_has_one_address(tabs):
    assert posted_at_once(tabs, "/admin/desk/calendar/address/", {}) == [302] * TABS
    assert CalendarAddress.objects.count() == 1
