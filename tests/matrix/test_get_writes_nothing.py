"""GET never writes: a crawler, a preview or a prefetch may call any address."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.matrix.test_matrix import ROWS, address
from tests.matrix.world import make_world
from tests.personas import ANONYMOUS, COORDINATOR, MANAGER, PARTNER, PI

pytestmark = pytest.mark.django_db
WRITE = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# The visitor's own session: what a form began, when it was last seen.
SESSION_TABLES = {"django_session", "usersessions_usersession"}


def tables_written(client, there) -> set[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(there)
    writes = (WRITE.match(query["sql"]) for query in captured.captured_queries)
    return {write[2] for write in writes if write} - SESSION_TABLES


@pytest.mark.parametrize("persona", [ANONYMOUS, PARTNER, PI, MANAGER, COORDINATOR])
def test_looking_changes_nothing(persona):
    world, client = make_world(), Client()
    if persona != ANONYMOUS:
        client.force_login(world.cast[persona])
    written = {str(row): tables_written(client, address(row, world)) for row in ROWS}
    assert {row: tables for row, tables in written.items() if tables} == {}
