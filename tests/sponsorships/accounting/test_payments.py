"""Invoiced, received, written off, reversed: each verb writes its entries, and only those."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.exceptions import Refused
from sponsorships.accounting.conditions import outstanding, reversible
from sponsorships.enums import EntryKind as E
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
TODAY = timezone.localdate


@pytest.fixture
def sponsorship():
    return factories.make_running(parts=["20000.00", "30000.00"])


@pytest.fixture
def finance(sponsorship):
    return factories.make_staff(sponsorship.chair.cluster, role="finance")


@pytest.fixture
def act(sponsorship, finance):
    """Perform a verb on the first instalment, with details."""

    def act(verb, note="A reason.", **details):
        return perform(sponsorship.instalments.first(), verb, by=finance, note=note, details=details)

    yield act
    call_command("check_ledger")


@pytest.fixture
def invoiced(act):
    act("fall_due")
    return act("invoice", number="F-1", payable_on=TODAY() + datetime.timedelta(days=30), purchase_order="PO 7")


def totals(instalment):
    kinds = (E.INVOICED, E.RECEIVED, E.OVERPAID, E.WRITTEN_OFF)
    return tuple(instalment.entries.total(kind) for kind in kinds)


def euros(*amounts):
    return tuple(Decimal(amount) for amount in amounts)


def test_an_invoice_keeps_its_number_and_counts(invoiced):
    assert (invoiced.invoice_number, invoiced.purchase_order, invoiced.status) == ("F-1", "PO 7", "invoiced")
    assert totals(invoiced) == euros(20000, 0, 0, 0)


def test_a_part_leaves_the_rest_outstanding_and_the_rest_settles_it(invoiced, act):
    part = act("receive_part", amount=Decimal("5000.00"), reference="B-1")
    assert (part.status, outstanding(part)) == ("invoiced", Decimal("15000.00"))
    whole = act("receive", amount=Decimal("15000.00"), reference="B-2")
    assert whole.status == "received"
    assert totals(whole) == euros(20000, 20000, 0, 0)


def test_what_exceeds_the_rest_is_an_entry_of_its_own_and_can_be_given_back(invoiced, act):
    paid = act("receive", amount=Decimal("20000.50"), reference="B-1")
    assert totals(paid) == euros(20000, 20000, "0.50", 0)
    with pytest.raises(Refused, match="The overpayment is only €0.50"):
        act("refund", amount=Decimal("0.51"), reference="R-1")
    assert totals(act("refund", amount=Decimal("0.50"), reference="R-1")) == euros(20000, 20000, 0, 0)


def test_a_reversed_payment_is_outstanding_again_and_its_excess_goes_with_it(invoiced, act):
    paid = act("receive", amount=Decimal("20001.00"), reference="B-1")
    back = act("reverse_payment", entry=reversible(paid).get().pk)
    assert back.status == "invoiced"
    assert totals(back) == euros(20000, 0, 0, 0)
    assert not reversible(back)


def test_a_write_off_gives_up_what_is_outstanding_and_can_be_taken_back(invoiced, act):
    act("receive_part", amount=Decimal("5000.00"), reference="B-1")
    given_up = act("write_off")
    assert totals(given_up) == euros(20000, 5000, 0, 15000)
    assert totals(act("undo_write_off")) == euros(20000, 5000, 0, 0)


def test_a_cancelled_invoice_can_be_sent_again(invoiced, act):
    assert act("cancel_invoice").status == "due"
    again = act("invoice", number="F-2")
    assert totals(again) == euros(20000, 0, 0, 0)
    assert again.entries.filter(kind=E.INVOICED).count() == 3


def test_the_same_click_twice_counts_once(invoiced, act):
    token = uuid.uuid4()
    act("receive_part", amount=Decimal("5000.00"), reference="B-1", token=token)
    with pytest.raises(Refused, match="already been recorded"):
        act("receive_part", amount=Decimal("5000.00"), reference="B-1", token=token)
    assert outstanding(invoiced) == Decimal("15000.00")


def test_the_same_payment_typed_in_two_tabs_counts_once_unless_the_first_was_reversed(invoiced, act):
    paid = {"amount": Decimal("5000.00"), "reference": "B-1"}
    part = act("receive_part", token=uuid.uuid4(), **paid)
    with pytest.raises(Refused, match="€5,000 with the reference “B-1” is already recorded"):
        act("receive_part", token=uuid.uuid4(), **paid)
    act("reverse_payment", entry=reversible(part).get().pk)
    assert outstanding(act("receive_part", token=uuid.uuid4(), **paid)) == Decimal("15000.00")


@pytest.mark.parametrize(
    ("verb", "details", "sentence"),
    [
        ("receive_part", {"amount": Decimal("20000.00"), "reference": "B"}, "this settles it"),
        ("receive_part", {"amount": Decimal("0.001"), "reference": "B"}, "at least one cent"),
        ("receive_part", {"amount": Decimal("-5"), "reference": "B"}, "at least one cent"),
        ("receive_part", {"amount": Decimal("5"), "reference": " "}, "bank's reference"),
        ("receive", {"amount": Decimal("19999.99"), "reference": "B"}, "this is less"),
        ("receive", {"amount": Decimal(0), "reference": "B"}, "at least one cent"),
        ("reverse_payment", {"entry": 0}, "No payment is recorded"),
        ("refund", {"amount": Decimal("1"), "reference": "B"}, "status"),
    ],
)
def test_bad_amounts_are_refused_with_a_sentence_and_nothing_is_written(invoiced, act, verb, details, sentence):
    with pytest.raises(Refused, match=sentence):
        act(verb, **details)
    assert totals(invoiced) == euros(20000, 0, 0, 0)


@pytest.mark.parametrize(("days", "sentence"), [(1, "in the future"), (-1, "a later one")])
def test_a_payment_is_neither_in_the_future_nor_before_its_invoice(invoiced, act, days, sentence):
    day = TODAY() + datetime.timedelta(days=days)
    with pytest.raises(Refused, match=sentence):
        act("receive", amount=Decimal("20000.00"), reference="B-1", on=day)


def test_a_paid_invoice_is_not_cancelled(invoiced, act):
    act("receive_part", amount=Decimal("1.00"), reference="B-1")
    with pytest.raises(Refused, match="reverse the payment first"):
        act("cancel_invoice")
