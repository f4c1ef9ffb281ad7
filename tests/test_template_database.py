"""The database that every test starts from is what the migrations make today."""

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import QueryDict

from chairs.listing import ChairListing
from chairs.models import Chair
from sponsorships.accounting import triggers
from tests import template_database
from tests.chairs.listing import make_directory

pytestmark = pytest.mark.database(quick=True)

MIGRATION = "chairs/migrations/0001_initial.py"


@pytest.mark.django_db
def test_every_migration_is_applied_and_the_ledger_is_guarded():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert triggers.are_installed(connection)


def tables_of(path: Path | str) -> list[tuple]:
    """Return the statements that make what a file of SQLite holds, and how many rows each table has."""
    with closing(sqlite3.connect(path)) as database:
        made = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, sql in made if sql and sql.startswith("CREATE TABLE")]
        return made + [database.execute(f"SELECT '{name}', count(*) FROM \"{name}\"").fetchone() for name in tables]


def without_its_days(dump: str) -> str:
    """Return a dump of PostgreSQL without its own key, and without when each migration was applied."""
    return re.sub(r"\\(un)?restrict \w+|20\d\d-\d\d-\d\d \d\d:\d\d:[\d.]+\+00", "", dump)


@pytest.fixture
def migrated(tmp_path, monkeypatch):
    """Return the address of a database that Django's own `migrate` made, and nothing of ours."""
    ours, name = connection.settings_dict["NAME"], str(tmp_path / "whole.sqlite3")
    if connection.vendor == "postgresql":
        name = f"whole_{os.getpid()}"
        template_database.create(name)
    monkeypatch.setattr(migrate, "emit_post_migrate_signal", lambda *args, **kwargs: None)
    template_database.connect_to(name)
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        template_database.connect_to(ours)
    yield name
    template_database.drop(name)


@pytest.mark.exhaustive
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("search_index", "field_history")
def test_the_quick_way_to_it_makes_what_migrate_makes(migrated):
    """Django makes the classes of all models anew after most of its steps, the template only those that changed."""
    kept = template_database.KEPT_DATABASES / template_database.key(connection.vendor)
    if connection.vendor == "sqlite":
        assert len(tables_of(migrated)) > 300
        assert tables_of(kept.with_suffix(".sqlite3")) == tables_of(migrated)
    else:
        program = Path(os.environ["POSTGRESQL_PROGRAMS"], "pg_dump")
        asked = [program, f"--dbname={template_database.url_of(migrated)}"]
        dump = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        assert "CREATE TABLE public.chairs_chair" in dump
        assert without_its_days(kept.with_suffix(".sql").read_text("utf-8")) == without_its_days(dump)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one migration, which calls a function of ours."""
    monkeypatch.setattr(template_database, "BASE_DIR", tmp_path)
    for path, text in {
        "config/settings.py": "INSTALLED_APPS = []",
        MIGRATION: "from django.db import migrations\nfrom sponsorships.accounting.hash_chain import START\n",
        "sponsorships/accounting/hash_chain.py": "START = 1",
        "partners/views.py": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.mark.parametrize("path", [MIGRATION, "sponsorships/accounting/hash_chain.py", "config/settings.py"])
def test_what_decides_what_migrations_make_changes_the_name(project, path):
    before = template_database.key("sqlite")
    (project / path).write_text("# something else")
    assert template_database.key("sqlite") != before


def test_a_new_migration_changes_the_name_and_a_view_does_not(project):
    before = template_database.key("sqlite")
    (project / "partners/views.py").write_text("# something else")
    assert template_database.key("sqlite") == before
    (project / "chairs/migrations/0002_more.py").write_text("")
    assert template_database.key("sqlite") != before


def test_a_library_changes_the_name(project, monkeypatch):
    before = template_database.key("sqlite")
    monkeypatch.setattr(template_database, "distributions", list)
    assert template_database.key("sqlite") != before


def found() -> set[int]:
    return set(ChairListing(QueryDict("phase=all")).pks(0, 100))


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("search_index", "field_history")
def test_nothing_that_was_kept_of_one_database_is_found_in_the_next():
    make_directory(12)
    assert len(found()) > 6
    template_database.start_afresh()
    make_directory(4)
    assert found() == set(Chair.objects.published().values_list("pk", flat=True))
