"""Public pages read from a copy of the database: nobody misses what they wrote, and nobody gets an error by it."""

import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from chairs.enums import ChairStatus
from clusters.models import Cluster
from config import environment
from core import page_cache
from core.replica import health
from core.replica.reading import copy_of_this_thread
from tests import factories
from tests.core.replica.standby import PATIENCE, Standby

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    # Each is of some statements, and of a copy of the test's database that two servers make.
    pytest.mark.exhaustive,
    pytest.mark.only_on("postgresql"),
    pytest.mark.each_case,
    pytest.mark.usefixtures("search_index"),
]
PAGE = "/en/clusters/"


@pytest.fixture(scope="module")
def server():
    server = Standby()
    yield server
    server.remove()


@pytest.fixture
def standby(server, settings, monkeypatch):
    monkeypatch.setenv("DATABASE_REPLICA_URL", server.address())
    settings.DATABASE_REPLICA = environment.replica(settings.DATABASES["default"])
    monkeypatch.setattr(health, "SECONDS_BETWEEN_LOOKS", 0)
    # A paused copy is read for as long as a slow machine takes to ask for a page.
    settings.REPLICA_LAG_SECONDS = 60
    page_cache.clear()
    yield server
    copy_of_this_thread().close()
    server.resume()


@pytest.fixture
def amber(standby):
    """A cluster that the copy has, too."""
    amber = factories.make_cluster(name="Amber")
    standby.catch_up()
    return amber


def reader() -> Client:
    """Return somebody who has read a page already: from then on it is known how far the copy is."""
    # What the copy cannot answer is answered once more: its own error is no reader's.
    client = Client(raise_request_exception=False)
    assert client.get(reverse("clusters:list")).status_code == 200
    return client


def shown(client: Client, page: str = PAGE, **headers: str) -> str:
    answer = client.get(page, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_strangers_read_the_copy_and_it_is_the_same_page(standby, amber):
    stranger = reader()
    of_the_copy, of_the_database = shown(stranger), shown(stranger, HTTP_AUTHORIZATION="Basic whoever")
    assert "Amber" in of_the_copy
    assert of_the_copy == of_the_database
    standby.pause()
    Cluster.objects.update(name="Beryl")
    assert "Amber" in shown(stranger)
    assert "Beryl" in shown(stranger, HTTP_AUTHORIZATION="Basic whoever")


def test_whoever_sends_something_reads_what_was_written(standby, amber):
    stranger, writer = reader(), reader()
    standby.pause()
    Cluster.objects.update(name="Beryl")
    writer.post(reverse("set_language"), {"language": "en"})
    assert "written" in writer.cookies and "<code>written</code>" in shown(writer, "/en/privacy/")
    for _again in range(2):
        # Each is kept, for those who read the same.
        assert "Beryl" in shown(writer)
        assert "Amber" in shown(stranger)
    standby.resume()
    for client in (writer, stranger):
        assert "Beryl" in shown(client)
        assert "Amber" not in shown(client)
    # Now it is the copy again that they both read.
    standby.pause()
    Cluster.objects.update(name="Coral")
    assert "Beryl" in shown(writer)


def test_what_is_not_there_yet_comes_from_the_database(standby, amber):
    stranger = reader()
    standby.pause()
    page = factories.make_cluster(name="Beryl").get_absolute_url()
    assert "Beryl" in shown(stranger, page)
    assert "Beryl" not in shown(stranger)


def test_what_must_be_indexed_first_comes_from_the_database(standby, amber):
    chair = factories.make_chair(ChairStatus.ACTIVE, cluster=amber, title_en="Granite")
    page, api = "/en/chairs/?q=Gneiss", "/api/v1/chairs"
    stranger = reader()
    # By hand: the search index and what the API has said of the chair are behind, and the copy takes no changes.
    type(chair).objects.filter(pk=chair.pk).update(title_en="Gneiss")
    standby.catch_up()
    assert "Gneiss" in shown(stranger, page)
    assert "Gneiss" in shown(stranger, api)
    standby.catch_up()
    standby.pause()
    type(chair).objects.filter(pk=chair.pk).update(title_en="Marble")
    # What was written for them has come to the copy, which answers both.
    assert "Gneiss" in shown(stranger, page)
    assert "Gneiss" in shown(stranger, api)


def test_a_copy_that_is_too_far_behind_is_left(standby, amber, settings, caplog):
    stranger = reader()
    standby.pause()
    Cluster.objects.update(name="Beryl")
    assert "Amber" in shown(stranger)
    settings.REPLICA_LAG_SECONDS = 2
    until = time.monotonic() + PATIENCE
    while "The replica is not read: it is more than 2 seconds behind" not in caplog.text:
        assert time.monotonic() < until
        shown(stranger)
    assert "Beryl" in shown(stranger)
    standby.resume()
    assert "Beryl" in shown(stranger)
    assert "The replica is read again." in caplog.text


def test_a_copy_that_dies_is_left(standby, amber, monkeypatch, caplog):
    monkeypatch.setattr(health, "SECONDS_OF_REST", 0)
    stranger = reader()
    wait_until_the_copy_is_read(stranger, "Amber", monkeypatch)
    with monkeypatch.context() as meanwhile:
        # Looked at a moment ago: it is the page itself that finds it gone.
        meanwhile.setattr(health.Health, "_look", lambda self: None)
        standby.kill()
        Cluster.objects.update(name="Beryl")
        try:
            assert "Beryl" in shown(stranger)
            assert "The replica is not read: it does not answer" in caplog.text
            assert "Beryl" in shown(stranger)
        finally:
            standby.start()
    standby.catch_up()
    wait_until_the_copy_is_read(stranger, "Beryl", monkeypatch)
    assert "The replica is read again." in caplog.text


def wait_until_the_copy_is_read(stranger: Client, name: str, monkeypatch) -> None:
    """Read pages until one comes from the copy: what the database writes by itself may put it behind for a moment."""
    found, is_good = [], health.Health.is_good
    until = time.monotonic() + PATIENCE
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(health.Health, "is_good", lambda self: found.append(is_good(self)) or found[-1])
        while not found or not found[-1]:
            assert time.monotonic() < until
            assert name in shown(stranger)


def test_a_server_that_takes_changes_is_no_copy(standby, amber, settings, caplog):
    settings.DATABASE_REPLICA = {**settings.DATABASES["default"], "NAME": connection.settings_dict["NAME"]}
    assert "Amber" in shown(reader())
    assert "it is not a copy that follows" in caplog.text


def test_the_coordinator_sees_how_far_behind_it_is(standby, amber, client):
    client.force_login(factories.make_staff(None, role="coordinator", language="en"))
    standby.catch_up()
    assert re.search(r"Copy for reading.*?\d+\s(bytes|KB)\sbehind", client.get("/admin/state/").text, re.DOTALL)
    standby.kill()
    try:
        assert "It does not answer, or does not follow" in client.get("/admin/state/").text
    finally:
        standby.start()
