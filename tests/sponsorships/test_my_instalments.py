"""What a partner reads of its money: on the page of the sponsorship, and where it begins."""

from decimal import Decimal

import pytest

from sponsorships.accounting import in_kind
from sponsorships.models import Instalment
from tests import factories
from tests.sponsorships.admin import money
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def contact(client):
    contact = factories.make_contact()
    client.force_login(contact.user)
    return contact


@pytest.fixture
def running(contact):
    return factories.make_running(contact=contact, parts=["20000.00", "30000.00"])


@pytest.fixture
def by(running):
    return factories.make_staff(running.chair.cluster, "finance")


def text_of(client, address) -> str:
    return " ".join(client.get(address).content.decode().split())


def file(sponsorship) -> str:
    return f"/en/my/sponsorships/{sponsorship.reference}/"


def test_the_page_says_what_is_asked_when_and_what_came(client, running, by):
    invoiced = money.invoiced(running, by, payable_on=money.day(30), purchase_order="PO 9")
    perform(invoiced, "receive_part", by=by, details={"amount": Decimal("5000.50"), "reference": "B-1"})
    page = text_of(client, file(running))
    for words in ("Invoices and payments", "To be paid", "invoice F-1 of", "your purchase order PO 9", "payable by"):
        assert words in page
    assert "€5,000.50 received" in page
    assert "Planned" in page
    assert "B-1" not in page, "the bank's reference is the office's"


def test_what_an_amendment_brings_later_is_not_agreed_today(client, running):
    wrote, records = (factories.make_staff(running.chair.cluster) for _each in range(2))
    more = {"cash_amount": Decimal("60000.00"), "effective_on": money.day(30)}
    perform(factories.make_agreement(running, by=wrote, **more), "record", by=records)
    agreed = text_of(client, file(running)).split('id="instalments"')[1].split("</dd>")[0]
    assert "€50,000 <span" in agreed and "€60,000 from" in agreed


def test_a_gift_is_called(client, contact):
    gift = factories.make_running(contact=contact, regime="patronage")
    money.due(gift, factories.make_staff(gift.chair.cluster))
    page = text_of(client, file(gift))
    assert "Calls and payments" in page
    assert "Upcoming call" in page
    assert "nvoice" not in page.split('id="instalments"')[1].split("</section>")[0]


def test_what_is_overdue_is_said_on_both_pages(client, running, by):
    instalment = money.invoiced(running, by, payable_on=money.day())
    assert "To be paid: €20,000, until" in text_of(client, "/en/my/")
    Instalment.objects.filter(pk=instalment.pk).update(payable_on=money.day(-1))
    assert "Overdue: €20,000, payable by" in text_of(client, "/en/my/")
    assert ">Overdue<" in text_of(client, file(running))
    perform(instalment, "receive_part", by=by, details={"amount": Decimal("1.00"), "reference": "B-1"})
    assert "Overdue: €19,999" in text_of(client, "/en/my/")


def test_what_is_settled_asks_for_nothing(client, running, by):
    money.received(running, by)
    page = text_of(client, "/en/my/")
    assert "To be paid" not in page
    assert ">Paid<" in text_of(client, file(running))


def test_another_partner_reads_nothing_of_it(client, running, by):
    money.invoiced(running, by)
    assert "To be paid" in text_of(client, "/en/my/")
    assert client.get(file(running)).status_code == 200
    client.force_login(factories.make_contact().user)
    assert "To be paid" not in text_of(client, "/en/my/")
    assert client.get(file(running)).status_code == 404


def test_what_is_given_in_kind_stands_apart(client, running, by):
    in_kind.record(running, by=by, contribution="skills", amount=Decimal("700"), method="time", note="An engineer.")
    page = text_of(client, file(running))
    assert "Received, skills" in page
    assert "€700" in page
    assert "An engineer." not in page, "what the office notes stays there"
    assert by.name not in page


def test_nothing_is_said_of_payments_nor_of_a_draft_s_schedule_before_an_agreement(client, contact):
    accepted = factories.make_sponsorship("accepted", contact)
    assert 'id="instalments"' not in text_of(client, file(accepted))
    draft = factories.make_agreement(accepted)
    assert 'id="instalments"' not in text_of(client, file(accepted))
    perform(draft, "record", by=draft.created_by)
    assert 'id="instalments"' in text_of(client, file(accepted))
