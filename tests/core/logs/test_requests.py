"""Each request leaves a line: who by a key, what, how it went; never an address's query, a name or a token."""

import json
import logging
from io import BytesIO

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse

from core.logs.lines import JsonFormatter
from core.logs.requests import NO_PAGE, RequestLog
from core.logs.slow_queries import tell_slow
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS, SECRET = "jane.doe@example.org", "cTp9xKZ2m4Q8rJfW1vLs7Nb3"
ASKED_BY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def lines():
    """What is written, as it is."""
    written = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(JsonFormatter().format(record))

    root, requests = logging.getLogger(), logging.getLogger("core.logs.requests")
    handler = Kept()
    root.addHandler(handler)
    level = requests.level
    requests.setLevel(logging.INFO)
    # As Django's own client does: a test stays in its transaction.
    request_started.disconnect(close_old_connections)
    yield written
    request_started.connect(close_old_connections)
    requests.setLevel(level)
    root.removeHandler(handler)


def ask(path, query="", cookies="", **headers):
    """Return the status and headers of an answer by the application as a server calls it."""
    said = {}
    environ = {
        **{"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "REMOTE_ADDR": "::1"},
        **{"SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "HTTP_COOKIE": cookies},
        **{"wsgi.input": BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(), **headers},
    }

    def start(status, given):
        said.update(given, status=int(status[:3]))

    b"".join(RequestLog(WSGIHandler())(environ, start))
    return said


def test_a_request_leaves_one_line_without_its_query(lines):
    said = ask("/healthz", query=f"email={ADDRESS}&token={SECRET}", HTTP_X_REQUEST_ID=ASKED_BY)
    assert said["status"] == 200 and said["X-Request-ID"] == ASKED_BY
    line = json.loads(lines[-1])
    assert (line["request"], line["method"], line["path"], line["status"]) == (ASKED_BY, "GET", "/healthz", 200)
    assert line["ms"] > 0 and "actor" not in line
    assert ADDRESS not in lines[-1] and SECRET not in lines[-1]


def test_without_a_usable_name_the_request_is_given_one(lines):
    given = ask("/healthz", HTTP_X_REQUEST_ID=ADDRESS)["X-Request-ID"]
    assert len(given) == 32 and json.loads(lines[-1])["request"] == given


def test_an_address_is_told_as_the_map_has_it(lines):
    for path, told in {
        f"/letters/stop/{SECRET}/": "/letters/stop/<str:token>/",
        "/en/people/jane-doe/": "/en/people/<slug:slug>/",
        "/admin/clusters/person/12/change/": "/admin/clusters/person/12/change/",
        f"/static/{SECRET}": "/static/<file>",
        f"/{ADDRESS}": NO_PAGE,
    }.items():
        ask(path)
        assert [json.loads(line)["path"] for line in lines if '"path"' in line][-1] == told
    assert SECRET not in "".join(lines) and ADDRESS not in "".join(lines) and "jane-doe" not in "".join(lines)


def test_whoever_is_signed_in_is_a_key(lines):
    user = factories.make_user(email=ADDRESS)
    client = Client()
    client.force_login(user)
    cookies = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert ask(reverse("portal:home"), cookies=cookies)["status"] == 200
    assert json.loads(lines[-1])["actor"] == user.pk
    assert ADDRESS not in "".join(lines)


def test_a_slow_query_is_told_without_what_it_asks_about(lines, settings):
    settings.SLOW_QUERY_MS = 0
    with connection.execute_wrapper(tell_slow), connection.cursor() as cursor:
        cursor.execute("SELECT 'Jane Doe', %s", [ADDRESS])
    line = json.loads(lines[-1])
    assert line["sql"].startswith("SELECT '…', ") and line["ms"] >= 0
    assert "Jane" not in lines[-1] and ADDRESS not in lines[-1]
