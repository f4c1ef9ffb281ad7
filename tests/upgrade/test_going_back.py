"""Before a migration is taken back the triggers go that read other tables; the ledger's guards stay."""

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations import Migration

from core import data_triggers
from sponsorships.accounting import counting_triggers, triggers

# To remove a trigger names the tables of the index.
pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def installed() -> tuple[bool, bool, bool]:
    watches = data_triggers.installed(connection).keys() >= data_triggers.wanted(connection).keys()
    return watches, counting_triggers.are_installed(connection), triggers.are_installed(connection)


def test_they_go_before_a_table_goes_and_come_with_the_next_migration():
    assert installed() == (True, True, True)
    back, forward = (
        {"plan": [(Migration("0001_nothing", "sponsorships"), is_backwards)], "apps": apps}
        for is_backwards in (True, False)
    )
    emit_pre_migrate_signal(0, False, connection.alias, **forward)
    assert installed() == (True, True, True)
    emit_pre_migrate_signal(0, False, connection.alias, **back)
    assert not data_triggers.installed(connection)
    assert installed() == (False, False, True)
    emit_post_migrate_signal(0, False, connection.alias, **back)
    assert installed() == (False, False, True)
    emit_post_migrate_signal(0, False, connection.alias, **forward)
    assert installed() == (True, True, True)
