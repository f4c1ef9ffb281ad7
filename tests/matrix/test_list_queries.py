"""No list makes more queries for 50 rows than for 5; a new list needs a line in lists.py."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.matrix.lists import ALSO_LISTS, LISTS, NOT_OURS
from tests.matrix.walk import names
from tests.matrix.world import make_world

pytestmark = pytest.mark.django_db
FEW, MANY = 5, 50


def queries(client, address) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("listed", LISTS, ids=str)
def test_a_long_list_costs_no_more_queries_than_a_short_one(listed):
    world, client = make_world(), Client()
    if listed.who:
        client.force_login(world.cast[listed.who])
    with translation.override("en"):
        address = reverse(listed.name, args=listed.args(world))
    for _number in range(FEW):
        listed.grow(world)
    client.get(address)  # what is looked up once and kept
    few = queries(client, address)
    for _number in range(MANY - FEW):
        listed.grow(world)
    many = queries(client, address)
    assert len(many) <= len(few), repeated(many)


def repeated(statements: list[str]) -> str:
    """Answer the query that is made most often, to tell where to look."""
    starts = [statement[:400] for statement in statements]
    return max(starts, key=starts.count)


def test_every_list_has_a_line():
    lists = {name for name in names() if name.endswith(("_list", "_changelist"))} | ALSO_LISTS
    assert lists - NOT_OURS - {listed.name for listed in LISTS} == set()
