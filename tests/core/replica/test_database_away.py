"""The database is killed: public pages come from its copy, and the rest says in a sentence that it is away."""

import contextlib
import http.client
import json
import time
import urllib.parse

import pytest
from django.conf import settings
from django.test import Client

from chairs.enums import ChairStatus
from core.models.heartbeat import Heartbeat
from tests import factories
from tests.core.replica.standby import PATIENCE, Standby
from tests.serving import TOKEN, Server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    # Two database servers more, and gunicorn three times.
    pytest.mark.exhaustive,
    pytest.mark.only_on("postgresql"),
    pytest.mark.usefixtures("search_index"),
]
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={TOKEN}"}


class Site(Server):
    """gunicorn, on a database that may be killed and on the copy of it."""

    def __init__(self, folder, primary, copy):
        super().__init__(folder)
        self.environment |= {"DATABASE_URL": primary.address(), "DATABASE_REPLICA_URL": copy.address()}
        self.environment["DJANGO_SETTINGS_MODULE"] = "tests.core.replica.served"

    def ask(self, path, form=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": TOKEN}) if form is not None else None
        line.request("GET" if form is None else "POST", path, body, headers | (FORM if form is not None else {}))
        answer = line.getresponse()
        answer.text = answer.read().decode()
        line.close()
        return answer

    def start_anew(self, **environment):
        self.kill()
        self.environment |= environment
        self.start()
        self.waits_for("/healthz", 200)

    def waits_for(self, path, status, **headers):
        until, answer = time.monotonic() + PATIENCE, None
        while answer is None or answer.status != status:
            assert time.monotonic() < until, (answer and answer.status, (self.folder / "log").read_text()[-2000:])
            time.sleep(0.1)
            # Of a process that was killed the last threads may still take a line.
            with contextlib.suppress(ConnectionError):
                answer = self.ask(path, **headers)
        return answer


@pytest.fixture
def somebody():
    """Return the headers of somebody who is signed in."""
    client = Client()
    client.force_login(factories.make_contact().user)
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


@pytest.fixture
def chair():
    return factories.make_chair(ChairStatus.ACTIVE, title_en="Granite", cluster=factories.make_cluster(name="Amber"))


@pytest.fixture
def servers(somebody, chair):
    for sign in (Heartbeat.WORKERS, Heartbeat.NIGHTLY):
        Heartbeat.leave(sign)
    primary = Standby()
    primary.promote()
    copy = Standby(of=primary)
    yield primary, copy
    copy.remove()
    primary.remove()


@pytest.fixture
def site(servers, tmp_path):
    site = Site(tmp_path, *servers)
    site.start()
    yield site
    site.kill()


def assert_public_pages_are_there(site, chair):
    pages = ["/en/clusters/", "/fr/clusters/", chair.get_absolute_url(), "/en/chairs/?q=granite", "/api/v1/chairs"]
    for page in pages:
        answer = site.ask(page)
        assert answer.status == 200, (page, (site.folder / "log").read_text()[-2000:])
        assert ("Amber" if "clusters" in page else "Granite") in answer.text
    # Whoever has just sent a form whose end the copy never had; and what is nowhere.
    assert "Amber" in site.ask("/en/clusters/", Cookie="written=99999999999999999").text
    assert site.ask("/en/no-such-page/").status == 404


def assert_the_rest_says_that_it_is_away(site, somebody):
    for answer in (
        site.ask("/en/my/", **somebody),
        site.ask("/en/accounts/login/", {"login": "who@example.org", "password": "a-long-pass-phrase"}),
        site.ask("/en/chairs.csv"),
    ):
        assert answer.status == 503 and answer.getheader("Retry-After"), (site.folder / "log").read_text()[-3000:]
        assert "The site is out of service" in answer.text
    ready = site.ask("/readyz")
    assert (ready.status, json.loads(ready.text)["reason"]) == (200, "database")
    assert "read from its copy" in json.loads(ready.text)["detail"]


def test_public_pages_outlive_the_database(site, servers, chair, somebody):
    primary, copy = servers
    site.waits_for("/en/", 200)
    assert site.ask("/en/my/", **somebody).status == 200
    copy.has_all_of(primary)
    primary.kill()
    # At once, before anything has looked: somebody for whom the copy would not have done.
    assert site.ask("/en/no-such-page/").status == 404
    assert_public_pages_are_there(site, chair)
    assert_the_rest_says_that_it_is_away(site, somebody)
    # A process that never saw the database knows how old the copy is.
    site.start_anew()
    assert_public_pages_are_there(site, chair)
    assert_the_rest_says_that_it_is_away(site, somebody)
    site.start_anew(REPLICA_ALONE_SECONDS="1")
    assert site.waits_for("/en/clusters/", 503).getheader("Retry-After")
    assert json.loads(site.ask("/readyz").text) == {"status": "unavailable", "reason": "database"}
    primary.start()
    assert "Amber" in site.waits_for("/en/clusters/", 200).text
    assert site.waits_for("/en/my/", 200, **somebody)
    assert json.loads(site.ask("/readyz").text)["status"] == "ok"
    login = site.ask("/en/accounts/login/", {"login": "who@example.org", "password": "a-long-pass-phrase"})
    assert login.status == 200 and login.getheader("Set-Cookie")
    # And the copy follows again.
    primary.ask("UPDATE clusters_cluster SET name = 'Beryl' RETURNING name", primary.database)
    copy.has_all_of(primary)
    assert "Beryl" in site.ask("/en/clusters/").text
