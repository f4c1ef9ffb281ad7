"""What the lists of the directory have in common: they cost the same for many rows as for a few, and never fail."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

FEW, MANY = 5, 50
# Each is somebody's mistake or attack; the list answers with what it understands.
NONSENSE = [
    "?page=abc",
    "?page=999",
    "?page=-5",
    "?page=0",
    "?page=" + "9" * 5000,
    "?q=%00",
    "?q=%27%22%3Cscript%3E",
    "?colour=red&kind=spaceship&letter=%27",
    "?q=" + "x" * 1_000_000,
]


def queries_for(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def assert_same_cost(client, address: str, make_rows) -> None:
    """Assert that the page at `address` makes as many queries for MANY rows as for FEW."""
    make_rows(FEW)
    client.get(address)  # what is read once a process
    few = queries_for(client, address)
    make_rows(MANY - FEW)
    assert queries_for(client, address) == few
