"""The totals of a list that is taken out are those of its rows, whatever others record while it is written."""

import io
import json

import pytest
from openpyxl import load_workbook

from clusters.enums import Role
from tests import factories
from tests.meanwhile import after_each_question

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database(quick=True)]
LIST = "/admin/lists/chairs/chair/export/"


@pytest.fixture
def busy():
    """While it lasts, the cluster has a chair more after each question of the export."""
    cluster = factories.make_cluster()
    factories.make_chair("active", cluster=cluster)
    return cluster, after_each_question(lambda: factories.make_chair("active", cluster=cluster))


def taken_out(client, busy, form: str) -> bytes:
    cluster, others_write = busy
    client.force_login(factories.make_staff(cluster, Role.READER))
    with others_write:
        return client.post(LIST, {"columns": ["slug", "status"], "format": form}).getvalue()


def test_in_json(client, busy):
    file = json.loads(taken_out(client, busy, "json"))
    assert file["totals"]["Chairs"] == len(file["records"]) >= 1


def test_in_a_workbook(client, busy):
    records, totals = load_workbook(io.BytesIO(taken_out(client, busy, "xlsx"))).worksheets
    said = dict(totals.iter_rows(min_row=2, values_only=True))
    assert said["Chairs"] == records.max_row - 1 >= 1
