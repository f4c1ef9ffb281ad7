"""A number in an address that no record can have is an address that does not exist, in every view."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.personas import ANONYMOUS, COORDINATOR

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.exhaustive,
    pytest.mark.usefixtures("field_history", "search_index"),
]
HUGE = "9" * 24


def addresses(resolver, before="/"):
    """Yield the address of each route that takes a number or a record's key, with a number that is neither."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, before + str(one.pattern))
        elif "<int:" in (route := before + str(one.pattern)) or "object_id>" in route:
            there = re.sub("<int:[a-z_]+>|<path:object_id>", HUGE, route)
            there = there.replace("<uuid:reference>", str(uuid.uuid4()))
            yield re.sub("<[a-z]+:[a-z_]+>", "x", there)


@pytest.mark.parametrize("who", [ANONYMOUS, COORDINATOR])
def test_no_view_fails(cast, who):
    client = Client(raise_request_exception=False)
    if who != ANONYMOUS:
        client.force_login(cast[who])
    there = sorted(set(addresses(get_resolver())))
    assert any("/photographs/" in one for one in there) and any("/merge/" in one for one in there)
    answers = {(one, ask.__name__): ask(one).status_code for one in there for ask in (client.get, client.post)}
    assert {asked: status for asked, status in answers.items() if status >= 500} == {}
