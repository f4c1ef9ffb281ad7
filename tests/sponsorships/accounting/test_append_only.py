"""The database refuses what the ledger does not do; `check_ledger` finds what was done to it all the same."""

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from sponsorships.accounting import triggers
from sponsorships.accounting.posting import Line, post
from sponsorships.models import LedgerEntry
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


@pytest.fixture
def sponsorship():
    return factories.make_running(parts=["20000.00", "30000.00"])


@pytest.mark.parametrize(
    "act", ["UPDATE sponsorships_ledgerentry SET amount = 1", "DELETE FROM sponsorships_ledgerentry"]
)
def test_the_database_refuses_to_change_an_entry(sponsorship, act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert sponsorship.entries.exists()


COLUMNS = [field.column for field in LedgerEntry._meta.fields]
# What each way of taking an entry's place keeps of it: a key that only one entry may have.
KEYS = [["id"], ["sponsorship_id", "position"], ["act", "line"], ["reverses_id"]]


@pytest.mark.only_on("sqlite")
@pytest.mark.each_case
@pytest.mark.parametrize("key", KEYS, ids=" ".join)
def test_the_database_refuses_to_put_an_entry_in_the_place_of_another(sponsorship, key):
    entry = paid_and_reversed(sponsorship)
    others = {"id": "id + 1000", "position": "position + 1000", "act": "hex(randomblob(16))", "reverses_id": "NULL"}
    taken = ", ".join({**others, "amount": "1"}.get(name, name) if name not in key else name for name in COLUMNS)
    replace = f"REPLACE INTO {{0}} ({', '.join(COLUMNS)}) SELECT {taken} FROM {{0}} WHERE id = %s"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace.format("sponsorships_ledgerentry"), [entry.pk])
    assert LedgerEntry.objects.get(pk=entry.pk).amount == entry.amount


def paid_and_reversed(sponsorship) -> LedgerEntry:
    """Return the entry that reverses the sponsorship's first one."""
    first = sponsorship.entries.first()
    [line] = post(sponsorship, [Line(first.kind, -first.amount, first.contribution, reverses=first)])
    return line


@pytest.mark.only_on("sqlite")
def test_a_row_that_takes_no_entrys_place_is_added(sponsorship):
    assert paid_and_reversed(sponsorship).position == sponsorship.entries.count() > 2


@pytest.mark.only_on("postgresql")
def test_the_database_refuses_to_change_an_entry_where_two_meet(sponsorship):
    names = ", ".join(COLUMNS)
    copied = f"INSERT INTO {{0}} ({names}) SELECT {names} FROM {{0}} ON CONFLICT (id) DO UPDATE SET amount = 1"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copied.format("sponsorships_ledgerentry"))
    assert not sponsorship.entries.filter(amount=1).exists() and sponsorship.entries.count() == 2


@pytest.mark.only_on("postgresql")
def test_the_database_refuses_to_empty_the_table(sponsorship):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        # What the rows' foreign keys still wait for would be in the way before the guard is.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE sponsorships_ledgerentry CASCADE")


def test_the_model_refuses_too(sponsorship):
    entry = sponsorship.entries.first()
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()


def test_a_database_without_its_guards_is_reported():
    triggers.remove(connection)
    try:
        # As `migrate` asks: an error would keep it from putting them back.
        assert reported() == ["sponsorships.W001"]
        assert reported(include_deployment_checks=True) == ["sponsorships.W001", "sponsorships.E001"]
        with pytest.raises(CommandError, match="triggers"):
            call_command("check_ledger")
    finally:
        triggers.install(connection)
    assert reported(include_deployment_checks=True) == []


def reported(**options):
    """Return what the system checks say of the ledger's guards."""
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"], **options)
    return [one.id for one in found if one.id.startswith("sponsorships.")]


def test_a_ledger_that_fits_is_said_to(sponsorship, capsys):
    call_command("check_ledger")
    assert "The ledger fits: 2 entries in 1 chains." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tampering", "complaint"),
    [
        ("UPDATE sponsorships_ledgerentry SET amount = 1 WHERE position = 1", "entry 1: its content does not match"),
        ("UPDATE sponsorships_ledgerentry SET hash = 'x' WHERE position = 2", "entry 2: its content does not match"),
        ("DELETE FROM sponsorships_ledgerentry WHERE position = 1", "entry 2: entry 1 is missing"),
        ("DELETE FROM sponsorships_ledgerentry WHERE position = 2", "entry 1: the chain ends elsewhere"),
        ("UPDATE sponsorships_instalment SET amount = 19999.99 WHERE number = 1", "they add up to €49,999.99"),
        ("UPDATE sponsorships_agreement SET cash_amount = 40000", "is -€10,000 short"),
        (
            "UPDATE sponsorships_instalment SET status = 'invoiced', invoiced_at = due_on WHERE number = 1",
            "instalment 1: invoiced is €0",
        ),
    ],
)
def test_tampering_is_found_and_the_first_row_named(sponsorship, tampering, complaint):
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    triggers.install(connection)
    with pytest.raises(CommandError, match=complaint.replace(".", r"\.")):
        call_command("check_ledger")


def test_nothing_in_an_entry_names_a_person(sponsorship):
    related = {field.related_model._meta.label for field in LedgerEntry._meta.fields if field.related_model}
    assert "sponsorships.Sponsorship" in related
    assert "accounts.User" not in related
    assert "partners.Contact" not in related
