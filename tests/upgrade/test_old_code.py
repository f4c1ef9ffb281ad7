"""While a new version is installed, the old code goes on on the new tables: it finds what it reads, and what it writes is taken.

The old code is the one that kept the small site. A column that it reads is not dropped or renamed, and one that it does not know
can be left empty or has a default in the database (`db_default`); what it leaves empty may stay empty. Such a change takes two
releases: in the first, the code stops using the column; in the second, the column goes.
"""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.upgrade import small_site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database(quick=True),
    # It looks at every table.
    pytest.mark.usefixtures("search_index", "field_history"),
]
# What breaks the rule, each with the reason why nobody is hurt: no site ran the state before, since nothing is released.
ALLOWED = {
    "chairs_searchword.languages",
    *(f"clusters_{model}.office_{name}" for model in ("cluster", "historicalcluster") for name in ("contact", "email")),
}


def tables_of_before():
    """Return the tables that the old code knows: by column, whether it may leave it empty."""
    state = MigrationLoader(connection).project_state(small_site.last_of_each_app(small_site.read()))
    for model in state.models.values():
        if small_site.is_ours(model.app_label) and model.options.get("managed", True):
            fields = {
                (field.db_column or (f"{name}_id" if field.many_to_one or field.one_to_one else name)): field.null
                for name, field in model.fields.items()
                if not field.many_to_many
            }
            yield model.options.get("db_table") or f"{model.app_label}_{model.name_lower}", fields


def broken_by(table, before):
    """Return what the old code cannot do on the table as it is now."""
    with connection.cursor() as cursor:
        now = {one.name: one for one in connection.introspection.get_table_description(cursor, table)}
    gone = [f"{table}.{column}" for column in before if column not in now]
    filled = [
        f"{table}.{column}"
        for column, one in now.items()
        if not one.null_ok and one.default is None and before.get(column, True)
    ]
    return gone + filled


def test_the_old_code_reads_and_writes_on_the_new_tables():
    tables = dict(tables_of_before())
    assert len(tables) > 80 and "sponsorships_ledgerentry" in tables
    assert set(tables) <= set(connection.introspection.table_names())
    assert {one for table, before in tables.items() for one in broken_by(table, before)} == ALLOWED


def test_it_is_found_where_a_column_goes_or_must_be_filled():
    table = "sponsorships_ledgerhead"
    known = dict(tables_of_before())[table]
    assert broken_by(table, known) == []
    assert broken_by(table, {**known, "renamed": False}) == [f"{table}.renamed"]
    assert broken_by(table, {name: null for name, null in known.items() if name != "hash"}) == [f"{table}.hash"]
    assert broken_by(table, {**known, "hash": True}) == [f"{table}.hash"]
