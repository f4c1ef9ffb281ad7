"""A backup holds everything of one moment, and comes back on either database. What is refused: test_restore_refused.py."""

import os
import subprocess
import sys
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from chairs.models import Chair, StaleMark
from config.backup import tables
from config.backup.archive import migrations, write_backup
from config.backup.checks import read_manifest
from core.models.heartbeat import Heartbeat
from sponsorships.models import LedgerEntry
from tests import factories, template_database

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    # A backup reads every table.
    pytest.mark.usefixtures("field_history", "search_index"),
]


def manage(*arguments, url: str, var) -> str:
    """Run a command of the site in a process and a place of its own."""
    env = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def records(path) -> dict[str, str]:
    """Return the SHA-256 of each table and of each file of a backup."""
    listed = read_manifest(path)["files"]
    assert len(listed) > 100
    return listed


@pytest.mark.exhaustive(counted=True)
def test_a_backup_lists_what_is_in_it_and_only_its_owner_reads_it(backup):
    manifest = read_manifest(backup)
    assert manifest["counts"]["sponsorships.LedgerEntry"] == LedgerEntry.objects.count() > 0
    assert manifest["migrations"] and manifest["missing_files"] == []
    assert {"records/sponsorships.LedgerEntry.jsonl", "records/accounts.User.jsonl"} <= set(manifest["files"])
    assert any(name.startswith("files/") for name in manifest["files"])  # the agreement
    assert backup.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(backup))
    assert read_manifest(backup) == manifest and len(list(backup.parent.iterdir())) == 1


@pytest.mark.exhaustive(counted=True)
def test_a_file_that_is_gone_is_named_and_the_rest_is_kept(tmp_path):
    sponsorship = factories.make_running(parts=["20000.00", "30000.00"])
    name = sponsorship.agreements.get().file.name
    default_storage.delete(name)
    file = BytesIO()
    assert write_backup(file)["missing_files"] == [name]
    default_storage.save(name, ContentFile(b"%PDF"))


@pytest.mark.exhaustive(counted=True)
def test_a_file_that_cannot_be_read_is_named_and_no_half_backup_is_left(tmp_path):
    sponsorship = factories.make_running(parts=["20000.00", "30000.00"])
    name = sponsorship.agreements.get().file.name
    default_storage.delete(name)
    folder = default_storage.path(name)
    os.mkdir(folder)
    try:
        with pytest.raises(CommandError, match=f"The stored file {name} cannot be read"):
            call_command("backup", str(tmp_path / "site.zip"))
    finally:
        os.rmdir(folder)
    assert not list(tmp_path.iterdir()) and Heartbeat.last(Heartbeat.BACKUPS) is None


def test_the_migrations_of_an_app_that_is_gone_are_not_asked_of_a_new_place():
    before = migrations()
    MigrationRecorder(connection).record_applied("removed_years_ago", "0001_initial")
    assert migrations() == before


def test_every_table_is_in_it_or_left_out_for_a_reason():
    labels = {model._meta.label for model in tables.models()}
    assert {"accounts.User", "chairs.Chair_themes", "sponsorships.LedgerEntry", "chairs.HistoricalChair"} <= labels
    assert not labels & set(tables.LEFT_OUT)
    others = set(connection.introspection.table_names()) - {model._meta.db_table for model in tables.models()}
    assert {"django_migrations", "django_session", "chairs_card"} <= others
    made_anew = (
        "chairs_search",
        "chairs_card",
        "chairs_stale",
        "core_data",
        "sponsorships_kept",
        "sponsorships_counted",
        "sponsorships_uncounted",
    )
    assert not [name for name in others if not name.startswith(("django_", *made_anew))]


@pytest.mark.exhaustive(counted=True)
def test_what_was_changed_and_not_looked_at_yet_comes_back(tmp_path):
    """Triggers mark the chairs of a bulk update, and again those that are loaded: such a backup could not be restored."""
    chair = factories.make_chair()
    Chair.objects.filter(pk=chair.pk).update(title_en="A chair with another name")
    # On a young site the mark has a number that loading the chair gives to another.
    assert StaleMark.objects.update(id=1) == 1
    call_command("backup", str(tmp_path / "site.zip"), stdout=StringIO())
    there = {"url": f"sqlite:///{tmp_path}/there.sqlite3", "var": tmp_path / "there"}
    assert "every check holds" in manage("restore", tmp_path / "site.zip", **there)
    asked = f"from chairs.models import *; print(*StaleMark.objects.all(), Chair.objects.get(pk={chair.pk}).title_en)"
    assert manage("shell", "-v0", "-c", asked, **there) == "A chair with another name\n"


@pytest.mark.exhaustive
def test_what_comes_back_on_either_database_is_the_same_to_the_last_row(demonstration_for_the_module, tmp_path):
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    call_command("backup", str(first), stdout=StringIO())
    there = {"url": f"sqlite:///{tmp_path}/there.sqlite3", "var": tmp_path / "there"}
    assert "every check holds" in manage("restore", first, **there)
    manage("backup", second, **there)
    assert records(second) == records(first)
    if connection.vendor == "postgresql":
        third, name = tmp_path / "third.zip", "restored_elsewhere"
        template_database.create(name)
        back = {"url": template_database.url_of(name), "var": tmp_path / "back"}
        assert "every check holds" in manage("restore", second, **back)
        manage("backup", third, **back)
        assert records(third) == records(first)
        template_database.drop(name)
