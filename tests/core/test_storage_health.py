"""A store that cannot be used is told before anybody adds a file: in the panel, to a monitor, and by the check of a deployment."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core import storage_health
from core.models.heartbeat import Heartbeat
from tests import factories
from tests.core.test_s3_storage import keep_files_at, server, store  # noqa: F401
from tests.serving import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]
CHECK = ["check", "--deploy", "--fail-level", "WARNING", "--tag", "files"]


class Refuses(BaseHTTPRequestHandler):
    """A store that knows nobody: the one of these tests takes any key."""

    def do_HEAD(self):
        self.send_response(403)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def refusing():
    running = HTTPServer(("127.0.0.1", 0), Refuses)
    threading.Thread(target=running.serve_forever).start()
    yield f"127.0.0.1:{running.server_address[1]}/files"
    running.shutdown()
    running.server_close()


@pytest.fixture(autouse=True)
def asked_anew():
    storage_health.forget()
    yield
    storage_health.forget()


@pytest.fixture
def monitor():
    Heartbeat.leave(Heartbeat.WORKERS)
    Heartbeat.leave(Heartbeat.NIGHTLY)
    return lambda: Client().get("/readyz").json()


def assert_is_told(sentence, monitor, client):
    told = monitor()
    assert (told["status"], told["reason"]) == ("degraded", "files")
    assert sentence in told["detail"]
    client.force_login(factories.make_staff(None, role="coordinator", language="en"))
    assert sentence in client.get("/admin/state/").text
    with pytest.raises(CommandError, match="issue"):
        call_command(*CHECK, stdout=StringIO(), stderr=StringIO())


def test_files_that_can_be_kept_are_no_news(store, monitor, client, settings):  # noqa: F811
    assert monitor() == {"status": "ok"}
    client.force_login(factories.make_staff(None, role="coordinator", language="en"))
    text = client.get("/admin/state/").text
    assert "in the store’s bucket files-" in text and "Files cannot be" not in text
    call_command(*CHECK, stdout=StringIO())


def test_a_bucket_that_is_not_there_is_told(server, settings, monkeypatch, monitor, client):  # noqa: F811
    host, port = server
    keep_files_at(settings, monkeypatch, f"{host}:{port}/no-such-bucket")
    assert_is_told("the bucket or folder that FILES_URL names is not there", monitor, client)


def test_a_key_that_is_refused_is_told(refusing, settings, monkeypatch, monitor, client):
    keep_files_at(settings, monkeypatch, refusing)
    assert_is_told("the key of FILES_URL is refused", monitor, client)


def test_a_store_that_does_not_answer_is_told(settings, monkeypatch, monitor, client):
    keep_files_at(settings, monkeypatch, f"127.0.0.1:{free_port()}/files")
    assert_is_told("what FILES_URL names does not answer", monitor, client)
