"""Whether an entry is reversed is read from the few reversals, never from the whole ledger."""

import pytest
from django.db import connection

from sponsorships.models import LedgerEntry

ENTRIES = 1_000_000
# What SQLite notes of a ledger of that size without a reversal.
NOTED = {
    "sqlite_autoindex_sponsorships_ledgerentry_1": f"{ENTRIES} {ENTRIES}",
    "sqlite_autoindex_sponsorships_ledgerentry_2": f"{ENTRIES} 10 1",
}


@pytest.fixture
def large_ledger(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sponsorships_ledgerentry")
        cursor.executemany("INSERT INTO sqlite_stat1 VALUES ('sponsorships_ledgerentry', %s, %s)", list(NOTED.items()))
        cursor.execute("ANALYZE sqlite_schema")
        yield
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'sponsorships_ledgerentry'")
        cursor.execute("ANALYZE sqlite_schema")


@pytest.mark.only_on("sqlite")
@pytest.mark.usefixtures("large_ledger")
def test_no_scan_tells_whether_an_entry_is_reversed():
    of_one = LedgerEntry.objects.filter(sponsorship=1)
    for entries in (of_one.filter(reversed_by=None), of_one.select_related("reversed_by")):
        plan = entries.explain()
        assert "INDEX sponsorships_entry_reversals (reverses_id=?)" in plan
        assert "SCAN" not in plan
