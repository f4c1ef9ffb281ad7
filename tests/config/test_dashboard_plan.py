"""What waits is found by what waits: the front page of the panel walks over no table of a cluster's records."""

import pytest
from django.db import connection

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


@pytest.mark.parametrize("role", ["manager", "finance"])
def test_what_waits_is_found_by_indexes(client, role):
    cluster = factories.make_cluster()
    client.force_login(factories.make_staff(cluster, role))
    asked: list[tuple] = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get("/admin/").status_code == 200
    counts = [(sql, params) for sql, params in asked if sql.startswith("SELECT 0, COUNT(*)")]
    assert counts
    for sql, params in counts:
        plan = plan_of(sql, params)
        assert "USING" in plan or "Index" in plan
        assert not [line for line in plan.splitlines() if is_walk(line)], plan


def plan_of(sql, params) -> str:
    """Return how the database would answer; where it has the choice, by an index, however few records there are."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def is_walk(line: str) -> bool:
    """Whether a line of a plan reads all of a table; on SQLite what a part has found is scanned too, to be counted."""
    return "Seq Scan" in line or (line.startswith("SCAN") and "USING" not in line and "found_" not in line)
