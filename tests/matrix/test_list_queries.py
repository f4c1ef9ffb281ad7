"""No list makes more queries for many rows than for a few; a new list needs a line in lists.py."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from chairs.search.index import rebuilt_afterwards
from tests.matrix.lists import ALSO_LISTS
from tests.matrix.lists import LISTS as DIRECTORY
from tests.matrix.lists_api import API
from tests.matrix.lists_innovation import INNOVATION
from tests.matrix.lists_taken_away import TAKEN_AWAY
from tests.matrix.visits import client_of
from tests.matrix.walk import our_names
from tests.personas import ANONYMOUS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history"), pytest.mark.exhaustive]
LISTS = [*DIRECTORY, *INNOVATION, *API, *TAKEN_AWAY]
# Enough to tell a query for each row from one for all of them; more would only take longer.
FEW, MORE = 1, 2


def queries(listed, world) -> list[str]:
    client = client_of(world, listed.who or ANONYMOUS)
    with translation.override("en"):
        address = reverse(listed.name, args=listed.args(world)) + listed.query
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        response.getvalue()  # a file is written while it is sent
    assert response.status_code == 200, address
    return [query["sql"] for query in captured.captured_queries]


def grow(world, listed, times: int) -> None:
    with rebuilt_afterwards():  # the search index, which would be written once a record
        for _time in range(times):
            listed.grow(world)


def queries_for_few_and_for_many(listed, world) -> tuple[list[str], list[str]]:
    """Return a list's queries with a few rows of its own, and with more; all of them then are gone again."""
    with transaction.atomic():
        grow(world, listed, FEW)
        queries(listed, world)  # what is looked up once and kept
        few = queries(listed, world)
        grow(world, listed, MORE)
        if listed.notes:
            queries(listed, world)
        many = queries(listed, world)
        transaction.set_rollback(True)
    return few, many


def test_no_long_list_costs_more_queries_than_a_short_one(world, everything):
    """CI tries every third list, which takes a second each; all are tried before a release."""
    found = {str(listed): queries_for_few_and_for_many(listed, world) for listed in LISTS[:: 1 if everything else 3]}
    assert [name for name, (few, _many) in found.items() if not few] == []
    assert {name: repeated(many) for name, (few, many) in found.items() if len(many) > len(few)} == {}


def repeated(statements: list[str]) -> str:
    """Return the query that is made most often, to tell where to look."""
    starts = [statement[:400] for statement in statements]
    return max(starts, key=starts.count)


def test_every_list_has_a_line():
    lists = {name for name in our_names() if name.endswith((":list", "_list", "_changelist"))} | ALSO_LISTS
    # A page of subjects, not of records.
    lists -= {"admin:app_list"}
    assert "chairs:list" in lists and "admin:chairs_chair_changelist" in lists
    assert lists - {listed.name for listed in LISTS} == set()
