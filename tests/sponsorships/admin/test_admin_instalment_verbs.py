"""Each verb of an instalment on its own page: it confirms, acts once, and says why not."""

from decimal import Decimal

import pytest
from django.db import transaction

from sponsorships.accounting.conditions import outstanding, overpaid, reversible
from sponsorships.models import Instalment, LedgerEntry, Sponsorship
from tests import factories
from tests.days import TOMORROW, as_of_now
from tests.sponsorships.admin import money
from tests.sponsorships.admin.money import INSTALMENTS, act_data, verb_url

pytestmark = pytest.mark.django_db


def planned(sponsorship, by):
    return sponsorship.instalments.first()


# verb: how the instalment gets where it starts, what is typed, where it leads
CASES = {
    "fall_due": (planned, {}, "due"),
    "invoice": (money.due, {"number": "F-7", "payable_on": money.day(30).isoformat(), "purchase_order": "PO"}, "invoiced"),
    "receive_part": (money.invoiced, {"amount": "5,000.50", "reference": "B-7"}, "invoiced"),
    "receive": (money.invoiced, {"amount": "20,000.00", "reference": "B-7"}, "received"),
    "overpay": (money.received, {"amount": "1", "reference": "B-8"}, "received"),
    "refund": (lambda s, by: money.received(s, by, more=2), {"amount": "2", "reference": "B-9"}, "received"),
    "reverse_payment": (money.received, {"entry": "the payment"}, "invoiced"),
    "cancel_invoice": (money.invoiced, {}, "due"),
    "write_off": (money.invoiced, {}, "written_off"),
    "undo_write_off": (money.written_off, {}, "invoiced"),
}  # fmt: skip
WRITING = sorted(set(CASES) - {"fall_due"})


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A sponsorship under way, once for all verbs: to make it takes longer than a verb's page."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield factories.make_running(parts=["20000.00", "30000.00"]).pk
        transaction.set_rollback(True)


@pytest.fixture
def running(made, db):
    return Sponsorship.objects.get(pk=made)


@pytest.fixture
def ready(running, sign_in_as):
    """Return, for a verb, its instalment where it starts and what its form posts, a finance officer being signed in."""

    def make(verb, role="finance"):
        reach, typed, _target = CASES[verb]
        instalment = reach(running, factories.make_staff(running.chair.cluster))
        sign_in_as(role, running.chair.cluster)
        if "entry" in typed:
            typed = {"entry": reversible(instalment).get().pk}
        return instalment, act_data(**typed)

    return make


def now(instalment):
    return Instalment.objects.get(pk=instalment.pk)


@pytest.mark.parametrize("verb", CASES)
def test_finance_staff_confirm_then_act(client, ready, verb):
    instalment, data = ready(verb)
    there, lines = verb_url(INSTALMENTS, instalment, verb), LedgerEntry.objects.count()
    assert client.get(there).status_code == 200
    assert (now(instalment).status, LedgerEntry.objects.count()) == (instalment.status, lines), "GET never writes"
    assert client.post(there, data).status_code == 302
    assert now(instalment).status == CASES[verb][2]
    assert instalment.transitions.last().verb == verb


@pytest.mark.parametrize("verb", CASES)
def test_the_same_form_posted_twice_acts_once(client, ready, verb):
    instalment, data = ready(verb)
    there = verb_url(INSTALMENTS, instalment, verb)
    client.post(there, data)
    lines, moves = LedgerEntry.objects.count(), instalment.transitions.count()
    again = client.post(there, data)
    assert again.status_code == 200
    assert again.context["reasons"]
    assert not again.context["is_open"], "there is nothing to press again"
    assert (LedgerEntry.objects.count(), instalment.transitions.count()) == (lines, moves)


@pytest.mark.parametrize("verb", CASES)
@pytest.mark.parametrize("role", ["reader", pytest.param("editor", marks=pytest.mark.exhaustive)])
def test_a_role_without_accounts_reads_and_is_told_no(client, ready, verb, role):
    instalment, data = ready(verb, role)
    assert client.get(f"{INSTALMENTS}{instalment.pk}/change/").status_code == 200
    there = verb_url(INSTALMENTS, instalment, verb)
    assert client.get(there).status_code == 403
    assert client.post(there, data).status_code == 403
    assert now(instalment).status == instalment.status


@pytest.mark.parametrize("verb", CASES)
def test_nobody_else_gets_there(client, ready, sign_in_as, verb):
    instalment, data = ready(verb)
    there = verb_url(INSTALMENTS, instalment, verb)
    sign_in_as("manager", factories.make_cluster())
    assert client.post(there, data).status_code == 404
    client.force_login(instalment.sponsorship.signatory.user)
    assert client.post(there, data).status_code == 403
    client.logout()
    assert client.post(there, data).status_code == 302
    assert now(instalment).status == instalment.status


@pytest.mark.parametrize("verb", ["explode", "delete"])
def test_an_unknown_verb_is_not_found(client, ready, verb):
    instalment, data = ready("invoice")
    assert client.post(verb_url(INSTALMENTS, instalment, verb), data).status_code == 404
    assert client.post(verb_url(INSTALMENTS, instalment, "invoice"), data).status_code == 302


@pytest.mark.parametrize("verb", WRITING)
def test_in_another_status_it_says_why_not_and_does_nothing(client, ready, verb):
    instalment, _data = ready("fall_due")
    page = client.post(verb_url(INSTALMENTS, instalment, verb), act_data(number="F", amount="1", reference="B"))
    assert "while the status is “Planned”" in page.content.decode()
    assert not LedgerEntry.objects.filter(instalment=instalment).exists()


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("invoice", {"number": " "}, "This field is required"),
        ("invoice", {"number": "F-1", "payable_on": "2001-01-01"}, "payable before it is sent"),
        ("invoice", {"number": "F-1", "on": "tomorrow"}, "Enter a valid date"),
        ("invoice", {"number": "F-1", "on": TOMORROW}, "in the future"),
        ("receive_part", {"amount": "20,000", "reference": "B-7"}, "this settles it"),
        ("receive_part", {"amount": "a lot", "reference": "B-7"}, "Write the amount in figures"),
        ("receive_part", {"amount": "0", "reference": "B-7"}, "greater than or equal to 0.01"),
        ("receive_part", {"amount": "-5", "reference": "B-7"}, "cannot be negative"),
        ("receive_part", {"amount": "1.005", "reference": "B-7"}, "stops at the cent"),
        ("receive", {"amount": "19,999.99", "reference": "B-7"}, "this is less"),
        ("receive", {"amount": "20,000", "reference": ""}, "This field is required"),
        ("refund", {"amount": "2.01", "reference": "B-7"}, "overpayment is only €2"),
        ("reverse_payment", {"entry": "999999"}, "Select a valid choice"),
        ("write_off", {"note": ""}, "Say why"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, ready, verb, typed, sentence):
    instalment, data = ready(verb)
    typed = {name: str(value) for name, value in as_of_now(typed).items()}
    page = client.post(verb_url(INSTALMENTS, instalment, verb), data | typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert sentence in text
    assert page.context["is_open"]
    assert data["act"] in text, "the token of the form that was filled in"
    for value in typed.values():
        assert not value.strip() or verb == "reverse_payment" or f'value="{value}"' in text
    assert now(instalment).status == instalment.status


def test_a_token_that_is_none_is_refused(client, ready):
    instalment, data = ready("receive")
    page = client.post(verb_url(INSTALMENTS, instalment, "receive"), data | {"act": "x"})
    assert page.status_code == 200
    assert now(instalment).status == "invoiced"


def test_forms_come_filled_in_with_what_is_outstanding_and_what_can_be_reversed(client, ready):
    instalment, data = ready("receive_part")
    client.post(verb_url(INSTALMENTS, instalment, "receive_part"), data)
    page = client.get(verb_url(INSTALMENTS, instalment, "receive"))
    assert 'value="14,999.50"' in page.content.decode()
    page = client.get(verb_url(INSTALMENTS, instalment, "reverse_payment"))
    assert "reference B-7" in page.content.decode()
    assert outstanding(instalment) == Decimal("14999.50")


def test_what_comes_beyond_is_kept_apart(client, ready):
    instalment, data = ready("receive")
    client.post(verb_url(INSTALMENTS, instalment, "receive"), data | {"amount": "20,000.01"})
    assert overpaid(instalment) == Decimal("0.01")


def test_a_gift_is_called_not_invoiced(client, sign_in_as):
    gift = factories.make_running(regime="patronage")
    instalment = money.due(gift, factories.make_staff(gift.chair.cluster))
    sign_in_as("finance", gift.chair.cluster)
    page = client.get(verb_url(INSTALMENTS, instalment, "invoice")).content.decode()
    assert "Number of the call" in page
    assert "Number of the invoice" not in page
