"""Others' programs against the API: the official client of MCP, and schemathesis with requests made of the document."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests import factories
from tests.serving import Server

pytestmark = [pytest.mark.exhaustive, pytest.mark.usefixtures("search_index", "field_history")]
# Of each operation and sort of data: the audit tries 2,000 in all.
FEW, MANY = 2, 42
AUDIT = settings.get_profile("audit").max_examples


@pytest.mark.django_db(transaction=True)
def test_the_official_client_reads_all_four(tmp_path):
    chair = factories.make_chair("active", title_en="Robots that listen")
    activity = factories.make_activity(chair)
    server = Server(tmp_path)
    server.start()
    try:
        # A browser of another test has a loop of its own in this thread.
        with ThreadPoolExecutor(1) as other:
            address = f"http://127.0.0.1:{server.port}/api/v1/mcp"
            asked = other.submit(lambda: asyncio.run(_ask(address, chair.pk)))
            found, one, opened, figure, tools = asked.result()
    finally:
        server.kill()
    assert len(tools) == 4
    assert [item["id"] for item in found["items"]] == [chair.pk]
    assert one["title"]["en"] == "Robots that listen" and one["address"] and one["source"]
    assert [item["id"] for item in opened["items"]] == [activity.pk]
    assert figure["on"] and figure["definition"]


async def _ask(address, key):
    from mcp import Client  # it takes a second, and each worker of a run imports this module

    async with Client(address) as client:
        tools = (await client.list_tools()).tools
        asked = [
            ("search_chairs", {"query": "robots"}),
            ("get_chair", {"id": key}),
            ("list_opportunities", {}),
            ("get_figure", {"name": "grants"}),
        ]
        answers = [(await client.call_tool(name, arguments)).structured_content for name, arguments in asked]
    return *answers, tools


def plain(environ, start_response):
    """Serve the site uncompressed: the library asks for gzip, and does not undo it."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return get_wsgi_application()(environ, start_response)


@pytest.fixture
def kept_connection():
    """Keep the test's connection from request to request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_requests_made_of_the_document_find_nothing_wrong(records, mode, monkeypatch):
    monkeypatch.setattr("django.conf.settings.API_REQUESTS_A_MINUTE", 10**9)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=plain)
    number = MANY if settings.default.max_examples >= AUDIT else FEW
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 24
    failures = {}
    for operation in operations:
        try:
            _try(operation, mode, number)
        except Unsatisfiable:
            assert operation.label == "GET /api/v1/figures"  # takes nothing that could be wrong
        except (Exception, FailureGroup) as error:
            failures[operation.label] = str(error)[:2_000]
    assert failures == {}


def _try(operation, mode, number):
    @settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        # A value that is no address of a record is a 400 on purpose, although the document cannot list all values.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    run()
