"""What is kept of a small site with each release: its code makes it, and writes it where `KEEP_SMALL_SITE` says."""

import os
from pathlib import Path

import pytest

from tests.upgrade import small_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]


@pytest.mark.exhaustive(counted=True)
def test_it_is_kept_with_its_migrations(tmp_path):
    path = Path(os.environ.get("KEEP_SMALL_SITE", tmp_path / "site.json.gz"))
    small_site.make()
    small_site.keep(path)
    kept = small_site.read(path)
    assert ["core", "0001_initial"] in kept["migrations"]
    assert len(kept["tables"]["sponsorships.LedgerEntry"]["rows"]) == 10
    assert set(kept["tables"]) >= {"chairs.Chair", "progress.ProgressReport", "sponsorships.HistoricalAgreement"}
