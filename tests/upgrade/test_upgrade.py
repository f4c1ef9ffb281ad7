"""A small site of the state before is upgraded, goes back and comes again; and the code of before goes on meanwhile."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.utils import timezone

from figures.enums import Measure
from figures.kept import KeptSums
from sponsorships.accounting import counting_triggers, triggers
from sponsorships.accounting.consistency import check_all
from tests import template_database
from tests.upgrade import small_site

pytestmark = [pytest.mark.database]


@pytest.fixture
def before():
    return small_site.read()


@pytest.fixture
def state_of_before(before):
    """The models as the code of before knows them."""
    return MigrationLoader(connection).project_state(small_site.last_of_each_app(before))


@pytest.fixture
def site_of_before(transactional_db, search_index, field_history, before):
    """A database of its own, as the code of before left it."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_before"
    template_database.drop(name)
    if connection.vendor == "postgresql":
        template_database.create(name)
    template_database.connect_to(name)
    try:
        executor = MigrationExecutor(connection)
        others = [key for key in executor.loader.graph.leaf_nodes() if not small_site.is_ours(key[0])]
        state = executor.migrate([*others, *small_site.last_of_each_app(before)])
        small_site.load(before, state.apps)
        yield before
    finally:
        template_database.connect_to(own)
        template_database.drop(name)


def tables_of(state):
    """Return our tables of a state."""
    ours = [one for one in state.models.values() if small_site.is_ours(one.app_label)]
    models = [one for one in ours if one.options.get("managed", True) and not one.options.get("proxy")]
    return [one.options.get("db_table") or f"{one.app_label}_{one.name_lower}" for one in models]


def counts(tables):
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def assert_is_well(rows):
    """It holds all rows that there were, its figures and its pages say what they said, and its triggers watch."""
    assert {table: number for table, number in counts(rows).items() if number < rows[table]} == {}
    assert triggers.are_installed(connection) and counting_triggers.are_installed(connection)
    assert list(check_all()) == []
    told = KeptSums(timezone.localdate()).total()
    figures = [told[one] for one in (Measure.AGREED, Measure.INVOICED, Measure.RECEIVED, Measure.OVERPAID)]
    assert figures == [Decimal(60000), Decimal(20000), Decimal(20000), Decimal("0.01")]
    for address in ("/en/", "/en/chairs/?q=robust", "/en/figures/"):
        response = Client().get(address)
        assert response.status_code == 200, address
    assert "Robust learning" in Client().get("/en/chairs/?q=robust").content.decode()


@pytest.mark.audit
def test_a_site_is_upgraded_goes_back_and_comes_again(site_of_before, state_of_before):
    rows = counts(tables_of(state_of_before))
    assert rows["sponsorships_ledgerentry"] == 10
    call_command("migrate", verbosity=0)
    assert_is_well(rows)
    kept = dict(small_site.last_of_each_app(site_of_before))
    ours = {app for app, _name in MigrationLoader(connection).disk_migrations if small_site.is_ours(app)}
    MigrationExecutor(connection).migrate([(app, kept.get(app)) for app in sorted(ours)])
    assert {table: number for table, number in counts(rows).items() if number < rows[table]} == {}
    applied = [key for key in MigrationLoader(connection).applied_migrations if small_site.is_ours(key[0])]
    assert sorted(applied) == sorted(map(tuple, site_of_before["migrations"]))
    call_command("migrate", verbosity=0)
    assert_is_well(rows)
