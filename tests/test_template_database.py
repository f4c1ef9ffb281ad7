"""The database that every test starts from is what the migrations make today."""

import pytest
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
