"""The secrets that the matrix looks for are there to be read; and `is_staff` opens nothing."""

import pytest
from django.test import Client

from tests import factories
from tests.matrix.rows_admin import ADMIN
from tests.matrix.visits import address, look
from tests.matrix.world import SECRETS
from tests.personas import COORDINATOR, MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
# The panel's frame holds no records: a person without a role finds it empty.
FRAME = {"admin:index", "admin:search", "admin:jsi18n", "admin_login", "admin:login", "admin:logout"}


def test_the_secrets_are_there_to_be_read_by_whom_they_concern(world):
    records = [row for row in ADMIN if row.name.endswith(("_change", "_changelist"))]
    read = [look(world, persona, address(row, world)).text for row in records for persona in (MANAGER, COORDINATOR)]
    text = "".join(read)
    assert {secret for secret in SECRETS if secret in text} == set(SECRETS) != set()


def test_opening_the_panel_decides_nothing_else(world):
    client = Client()
    client.force_login(factories.make_user(is_staff=True))
    rows = [row for row in ADMIN if row.name not in FRAME]
    found = {str(row): client.get(address(row, world)).status_code for row in rows}
    assert len(found) > 100
    assert {name for name, status in found.items() if status not in {302, 403, 404, 405}} == set()
