"""What the bank shows is with VAT; what counts is net. The rate, the tax and the sum stay beside it for the auditor."""

import re
from decimal import Decimal

import pytest
from django.core import mail
from django.core.management import call_command

from core.exceptions import Refused
from sponsorships.accounting.conditions import outstanding, overpaid
from sponsorships.accounting.vat import RATES, from_bank, net_of, vat_on
from sponsorships.models import LedgerEntry
from tests import factories
from tests.personas import FINANCE, MANAGER
from tests.sponsorships.admin.money import act_data
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
NET, GROSS, TWENTY = Decimal("18750.00"), Decimal("22500.00"), Decimal("20")


@pytest.fixture
def running(cast):
    return factories.make_running(by=cast[MANAGER], parts=[NET], cash_amount=NET, chair=cast.chair)


@pytest.fixture
def act(cast, running):
    def act(verb, **details):
        return perform(running.instalments.get(), verb, by=cast[FINANCE], note="A reason.", details=details)

    return act


@pytest.fixture
def invoiced(act):
    act("fall_due")
    return act("invoice", number="F-1", vat_rate=TWENTY)


def entries(kind):
    found = LedgerEntry.objects.filter(kind=kind).order_by("position")
    return [(entry.amount, entry.vat_rate, entry.vat) for entry in found]


def test_a_bank_line_with_tax_settles_its_net_amount(act, invoiced):
    assert entries("invoiced") == [(NET, TWENTY, Decimal("3750.00"))]
    paid = act("receive", amount=GROSS, vat_rate=TWENTY, reference="B-1")
    assert entries("received") == [(NET, TWENTY, Decimal("3750.00"))]
    assert (paid.status, overpaid(paid), outstanding(paid)) == ("received", 0, 0)
    call_command("check_ledger", verbosity=0)


def test_what_is_refused_counts_what_is_outstanding_as_the_bank_does(act, invoiced):
    """Else a page that proposes €22,500 would answer that €18,750 is outstanding."""
    with pytest.raises(Refused, match=re.escape("€22,500 with VAT (€18,750 net) is outstanding: this is less.")):
        act("receive", amount=Decimal("22499.99"), vat_rate=TWENTY, reference="B-1")
    with pytest.raises(Refused, match=re.escape("€22,500 with VAT (€18,750 net) is outstanding: this settles it.")):
        act("receive_part", amount=GROSS, vat_rate=TWENTY, reference="B-1")
    with pytest.raises(Refused, match="^.?.?€18,750 is outstanding: this is less."):
        act("receive", amount=Decimal("18749.99"), reference="B-1")


def test_what_comes_beyond_is_net_too_and_goes_back_with_its_tax(act, invoiced):
    paid = act("receive", amount=Decimal("23100.00"), vat_rate=TWENTY, reference="B-1")
    assert entries("overpaid") == [(Decimal("500.00"), TWENTY, Decimal("100.00"))]
    with pytest.raises(Refused, match="The overpayment is only €500"):
        act("refund", amount=Decimal("600.02"), vat_rate=TWENTY, reference="R-1")
    act("refund", amount=Decimal("600.00"), vat_rate=TWENTY, reference="R-1")
    assert overpaid(paid) == 0
    assert sum(vat for _net, _rate, vat in entries("overpaid")) == 0


def test_what_comes_beyond_after_a_part_is_parted_with_the_tax_of_both(act, invoiced):
    act("receive_part", amount=GROSS / 2, vat_rate=TWENTY, reference="B-1")
    act("receive", amount=GROSS / 2 + 1200, vat_rate=TWENTY, reference="B-2")
    assert entries("received") == [(NET / 2, TWENTY, Decimal("1875.00"))] * 2
    assert entries("overpaid") == [(Decimal("1000.00"), TWENTY, Decimal("200.00"))]


def test_a_reversal_takes_the_tax_back(act, invoiced):
    paid = act("receive", amount=GROSS, vat_rate=TWENTY, reference="B-1")
    act("reverse_payment", entry=paid.entries.get(kind="received").pk)
    assert entries("received")[1] == (-NET, TWENTY, Decimal("-3750.00"))


def test_three_thirds_make_a_whole_to_the_cent(act, invoiced):
    act("receive_part", amount=Decimal("7500.01"), vat_rate=TWENTY, reference="B-1")
    act("receive_part", amount=Decimal("7500.02"), vat_rate=TWENTY, reference="B-2")
    paid = act("receive", amount=Decimal("7499.97"), vat_rate=TWENTY, reference="B-3")
    assert outstanding(paid) == overpaid(paid) == 0
    assert sum(net for net, _rate, _vat in entries("received")) == NET
    assert sum(vat for _net, _rate, vat in entries("received")) == Decimal("3750.00")


@pytest.mark.parametrize("rate", RATES)
def test_an_invoices_total_is_its_net_amount_exactly(rate):
    for cents in (1, 2, 3, 49, 50, 51, 99, 1_875_001, 9_999_999, 12_345_678):
        net = Decimal(cents) / 100
        assert net_of(net + vat_on(net, rate), rate) == net


def test_a_gift_has_no_vat_and_a_rate_is_of_the_list(cast, act, running, invoiced):
    with pytest.raises(Refused, match="Choose one of these rates: 0%, 5.5%, 10%, 20%"):
        act("receive", amount=GROSS, vat_rate=Decimal("19.6"), reference="B-1")
    type(running).objects.update(regime="patronage")
    with pytest.raises(Refused, match="A gift has no VAT"):
        act("receive", amount=GROSS, vat_rate=TWENTY, reference="B-1")
    assert from_bank(invoiced, NET, None).net == NET


def page_of(client, instalment, verb, **said):
    address = f"/admin/sponsorships/instalment/{instalment.pk}/verb/{verb}/"
    return client.post(address, act_data(**said)) if said else client.get(address)


@pytest.mark.exhaustive(counted=True)
def test_the_page_asks_for_what_the_bank_shows_and_shows_net_and_tax(client, cast, invoiced):
    client.force_login(cast[FINANCE])
    page = page_of(client, invoiced, "receive").content.decode()
    assert "What the bank shows (€)" in page and 'value="22,500.00"' in page
    assert "<dd>€18,750</dd>" in page and "<dd>€3,750</dd>" in page and "<dd>€22,500</dd>" in page
    said = {"amount": "24,000", "vat_rate": "20.0", "reference": "B-1"}
    page = page_of(client, invoiced, "receive", preview="1", **said).content.decode()
    assert "<dd>€20,000</dd>" in page and not LedgerEntry.objects.filter(kind="received").exists()
    assert page_of(client, invoiced, "receive", **{**said, "amount": "22,500"}).status_code == 302
    assert entries("received") == [(NET, TWENTY, Decimal("3750.00"))]
    page = client.get(f"/admin/sponsorships/instalment/{invoiced.pk}/change/").content.decode()
    assert "+ €3,750 VAT (20%) = €22,500" in page


def test_an_invoice_has_the_standard_rate_unless_another_is_chosen(client, cast, act, running):
    act("fall_due")
    client.force_login(cast[FINANCE])
    page = page_of(client, running.instalments.get(), "invoice").content.decode()
    assert all(f'value="{rate}"' in page for rate in RATES)
    assert re.findall(r'<option value="([^"]+)"\s+selected', page) == ["20.0"]


def test_a_payment_has_the_rate_of_its_invoice_unless_another_is_chosen(client, cast, act):
    act("fall_due")
    instalment = act("invoice", number="F-1", vat_rate=Decimal("10"))
    client.force_login(cast[FINANCE])
    page = page_of(client, instalment, "receive").content.decode()
    assert re.findall(r'<option value="([^"]+)"\s+selected', page) == ["10.0"]


def test_tax_taken_for_an_over_payment_is_asked_about(client, cast, invoiced):
    client.force_login(cast[FINANCE])
    said = {"amount": "22,500", "vat_rate": "0.0", "reference": "B-1"}
    page = page_of(client, invoiced, "receive", **said).content.decode()
    assert "€3,750 more than the amount outstanding: that is VAT at 20%." in page
    assert not LedgerEntry.objects.filter(kind__in=["received", "overpaid"]).exists()


def test_the_partner_reads_net_and_what_to_pay(client, running, act, django_capture_on_commit_callbacks):
    act("fall_due")
    with django_capture_on_commit_callbacks(execute=True):
        act("invoice", number="F-1", vat_rate=TWENTY)
    assert "With VAT at 20%: €22,500 to pay." in mail.outbox[-1].body
    client.force_login(running.created_by)
    assert "+ €3,750 VAT (20%) = €22,500" in client.get(running.get_absolute_url()).content.decode()
