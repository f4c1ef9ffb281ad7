"""Each migration goes back and comes again on the demonstration's rows: first to the tables of the first release, then to none at all."""

import hashlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.query import QuerySet
from django.test import Client

from config.backup import tables
from sponsorships.accounting import counting_triggers, triggers
from sponsorships.accounting.consistency import check_all
from tests import demonstration
from tests.upgrade.small_site import is_ours

# Minutes on each database.
pytestmark = [pytest.mark.audit, pytest.mark.database, pytest.mark.each_case]

# Whose rows Django writes after each `migrate`, in the order in which it meets the models.
MADE_ANEW = {"auth.Permission", "contenttypes.ContentType"}


@pytest.fixture
def site(transactional_db, search_index, field_history):
    with demonstration.demonstration():
        yield


def our_migrations() -> list[tuple[str, str]]:
    """Return our migrations that are applied, in the order in which they were."""
    graph = MigrationExecutor(connection).loader.graph
    plan = MigrationExecutor(connection).migration_plan(graph.leaf_nodes(), clean_start=True)
    return [(one.app_label, one.name) for one, _backwards in plan if is_ours(one.app_label)]


def held() -> dict[str, dict[str, str]]:
    """Return of each table a fingerprint of each column's values, in no order: what is added again has other keys."""
    found = {}
    for model in tables.models():
        if model._meta.label not in MADE_ANEW:
            names = [field.column for field in tables.columns(model)]
            columns = zip(*tables.rows(model), strict=True) if QuerySet(model).exists() else [()] * len(names)
            values = [sorted(map(tables.ENCODER.encode, column)) for column in columns]
            digests = [hashlib.sha256("\n".join(column).encode()).hexdigest() for column in values]
            found[model._meta.db_table] = dict(zip(names, digests, strict=True))
    return found


def our_tables() -> dict[str, list[tuple]]:
    """Return the tables of ours that are there, with their columns."""
    ours = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if is_ours(model._meta.app_label)
    }
    with connection.cursor() as cursor:
        there = ours & set(connection.introspection.table_names(cursor))
        described = {table: connection.introspection.get_table_description(cursor, table) for table in there}
    return {
        table: sorted((column.name, column.type_code, column.null_ok) for column in columns)
        for table, columns in described.items()
    }


def migrate(targets) -> None:
    MigrationExecutor(connection).migrate(targets)


def assert_is_well() -> None:
    assert triggers.are_installed(connection) and counting_triggers.are_installed(connection)
    assert list(check_all()) == []
    for address in ("/en/", "/en/chairs/", "/fr/chairs/?q=sante", "/en/figures/", "/api/v1/chairs"):
        assert Client().get(address).status_code == 200, address


def test_what_the_first_release_had_is_there_when_it_comes_again(site):
    before, ours = held(), our_migrations()
    firsts = {app: name for app, name in reversed(ours)}
    later = [key for key in ours if key not in firsts.items()]
    assert len(later) > 10
    migrate(list(firsts.items()))
    assert not set(later) & set(MigrationExecutor(connection).loader.applied_migrations)
    with connection.cursor() as cursor:
        # What came later is lost with its table or its column.
        there = {
            table: {column.name for column in connection.introspection.get_table_description(cursor, table)}
            for table in connection.introspection.table_names(cursor)
        }
    call_command("migrate", verbosity=0)
    after = held()
    compared = {(table, name) for table, columns in before.items() for name in columns if name in there.get(table, ())}
    assert len(compared) > 800
    changed = {(table, name) for table, name in compared if before[table][name] != after[table][name]}
    # Indicators that nobody changed or wrote of go, and come again under other keys.
    assert changed <= {("yearly_indicator", "id")}
    assert_is_well()


def test_every_table_of_ours_goes_and_comes_again(site):
    before = our_tables()
    assert len(before) > 80
    ours = {app for app, _name in our_migrations()}
    for config in reversed(list(apps.get_app_configs())):
        if config.label in ours:
            call_command("migrate", config.label, "zero", verbosity=0)
            # What may not be changed is guarded for as long as it is there.
            assert triggers.are_installed(connection) == (triggers.TABLE in our_tables()), config.label
    assert our_tables() == {}
    call_command("migrate", verbosity=0)
    assert our_tables() == before
    assert_is_well()
