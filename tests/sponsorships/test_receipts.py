"""The data of a gift's tax receipt: what came by calendar year, and never for a research partnership."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from partners.models import Partner
from sponsorships.accounting import in_kind
from sponsorships.accounting.receipts import receipt_data
from sponsorships.models import Sponsorship
from tests import factories
from tests.sponsorships.admin import money
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LAST_YEAR = datetime.date(2025, 12, 31)


@pytest.fixture
def gift(client):
    gift = factories.make_running(regime="patronage", parts=["20000.00", "30000.00"])
    client.force_login(gift.created_by)
    return gift


@pytest.fixture
def by(gift):
    return factories.make_staff(gift.chair.cluster, "finance")


def paid(gift, by, amount="10000.00"):
    instalment = money.invoiced(gift, by)
    return perform(instalment, "receive_part", by=by, details={"amount": Decimal(amount), "reference": "B-1"})


def address(sponsorship):
    return f"/en/my/sponsorships/{sponsorship.reference}/receipt/"


@pytest.mark.exhaustive(counted=True)
def test_nothing_received_has_no_receipt(client, gift, by):
    assert receipt_data(gift) is None
    assert client.get(address(gift)).status_code == 404
    assert "tax receipt" not in client.get(gift.get_absolute_url()).text
    paid(gift, by)
    assert receipt_data(gift) is not None
    assert client.get(address(gift)).status_code == 200
    assert "tax receipt" in client.get(gift.get_absolute_url()).text


def test_it_says_what_came_and_what_it_is_not(client, gift, by):
    paid(gift, by, "5000.50")
    Sponsorship.objects.filter(pk=gift.pk).update(counterparts_value=Decimal("1200.00"))
    Partner.objects.filter(pk=gift.partner_id).update(legal_form="SASU", registered_office="3 rue Haute")
    page = client.get(address(gift)).text
    for words in (
        "This is not a receipt.",
        "€5,000.50",
        "€1,200",
        str(gift.partner),
        "Belgium",
        "SASU",
        "3 rue Haute",
        "2041-MEC-SD",
        "16216",
    ):
        assert words in page, words
    assert str(gift.agreements.get().managing_institution) in page
    assert "B-1" not in page, "the bank's reference is the office's"
    assert "For the tax receipt" in client.get(gift.get_absolute_url()).text


def test_years_and_contributions_stand_apart(client, gift, by):
    paid(gift, by)
    said = {"by": by, "contribution": "skills", "method": "time", "note": "An engineer."}
    in_kind.record(gift, amount=Decimal("700"), on=LAST_YEAR, **said)
    in_kind.record(gift, amount=Decimal("300"), **said)
    years = receipt_data(gift).years
    assert [(row.year, row.cash, row.in_kind, row.skills) for row in years] == [
        (2025, 0, 0, 700),
        (timezone.localdate().year, Decimal("10000.00"), 0, 300),
    ]
    page = client.get(address(gift)).text
    assert "valued by you at: time spent, at its full cost" in page and "An engineer." not in page


def test_what_is_taken_back_counts_in_the_year_of_what_it_takes_back(gift, by):
    said = {"by": by, "contribution": "in_kind", "method": "cost", "note": "A server."}
    entry = in_kind.record(gift, amount=Decimal("700"), on=LAST_YEAR, **said)
    in_kind.reverse(entry, by=by, note="A mistake.")
    [year] = receipt_data(gift).years
    assert (year.year, year.in_kind, len(year.entries)) == (2025, 0, 2)


def test_a_partnership_has_none(client):
    contract = factories.make_running()
    paid(contract, factories.make_staff(contract.chair.cluster, "finance"))
    client.force_login(contract.created_by)
    assert receipt_data(contract) is None
    assert client.get(address(contract)).status_code == 404
    type(contract).objects.filter(pk=contract.pk).update(regime="patronage")
    assert client.get(address(contract)).status_code == 200


def test_another_partner_finds_no_page(client, gift, by):
    paid(gift, by)
    assert client.get(address(gift)).status_code == 200
    client.force_login(factories.make_contact().user)
    assert client.get(address(gift)).status_code == 404


def test_an_investigator_reads_neither_the_page_nor_of_it(client, gift, by):
    paid(gift, by)
    investigator = factories.make_user()
    factories.make_appointment(gift.chair, person=factories.make_person(user=investigator))
    client.force_login(investigator)
    assert client.get(address(gift)).status_code == 404
    text = client.get(gift.get_absolute_url()).text
    assert str(gift.partner) in text and "For the tax receipt" not in text


def test_staff_of_the_cluster_read_it(client, gift, by):
    paid(gift, by)
    client.force_login(by)
    assert client.get(address(gift)).status_code == 200
