"""Money and two people, two tabs, two clicks: one effect, and nobody waits for somebody who waits for them."""

import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command

from sponsorships.accounting import in_kind
from sponsorships.enums import Contribution, EntryKind, ValuationMethod
from sponsorships.models import Agreement, LedgerEntry, Sponsorship
from sponsorships.proposals.conditions import remaining
from tests import factories
from tests.test_concurrency import at_once
from tests.verbs import perform

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database(quick=True)]
CLICKS, FIFTY = 6, 50


@pytest.fixture
def sponsorship():
    yield factories.make_running(parts=["20000.00", "30000.00"])
    call_command("check_ledger")


@pytest.fixture
def manager(sponsorship):
    return factories.make_staff(sponsorship.chair.cluster)


def asked(instalment, by):
    for verb in ("fall_due", "invoice"):
        instalment = perform(instalment, verb, by=by, details={"number": f"F-{instalment.pk}"})
    return instalment


def clicks(record, verb, by, **details):
    """The same form, sent several times at once: each tab carries the token that the form was made with."""
    token = uuid.uuid4()
    return [
        lambda: perform(record, verb, by=by, note="A reason.", details={**details, "token": token})
        for _click in range(CLICKS)
    ]


@pytest.mark.parametrize(
    ("verb", "before", "details"),
    [
        ("invoice", ["fall_due"], {"number": "F-1"}),
        ("receive_part", ["fall_due", "invoice"], {"amount": Decimal("100.00"), "reference": "B"}),
        ("receive", ["fall_due", "invoice"], {"amount": Decimal("20000.00"), "reference": "B"}),
        ("overpay", ["fall_due", "invoice", "receive"], {"amount": Decimal("1.00"), "reference": "B"}),
        ("refund", ["fall_due", "invoice", "receive"], {"amount": Decimal("1.00"), "reference": "B"}),
        ("reverse_payment", ["fall_due", "invoice", "receive"], {}),
        ("cancel_invoice", ["fall_due", "invoice"], {}),
        ("write_off", ["fall_due", "invoice"], {}),
        ("undo_write_off", ["fall_due", "invoice", "write_off"], {}),
    ],
)
def test_a_money_form_that_is_sent_often_is_recorded_once(sponsorship, manager, verb, before, details):
    instalment = sponsorship.instalments.first()
    told = {"number": "F-1", "amount": Decimal("20002.00"), "reference": "B"}
    for step in before:
        instalment = perform(instalment, step, by=manager, note="A reason.", details=told)
    if verb == "reverse_payment":
        details = {"entry": instalment.entries.get(kind=EntryKind.RECEIVED).pk}
    acts_before = set(instalment.entries.values_list("act", flat=True))
    answers = at_once(clicks(instalment, verb, manager, **details))
    assert answers.count("done") == 1, answers
    assert len(set(instalment.entries.values_list("act", flat=True)) - acts_before) == 1


def test_of_two_invoices_at_once_one_takes_the_number():
    chair, books = factories.make_chair("active"), factories.make_institution()
    manager = factories.make_staff(chair.cluster)
    instalments = [factories.make_running(by=manager, chair=chair).instalments.get() for _number in range(CLICKS)]
    Agreement.objects.update(managing_institution=books)
    for one in instalments:
        perform(one, "fall_due", by=manager)
    acts = [lambda one=one: perform(one, "invoice", by=manager, details={"number": "F-1"}) for one in instalments]
    answers = at_once(acts)
    assert answers.count("done") == 1, answers
    assert sum("is already in the books of" in answer for answer in answers) == CLICKS - 1
    assert LedgerEntry.objects.filter(kind=EntryKind.INVOICED, reference="F-1").count() == 1


def test_a_contribution_in_kind_that_is_sent_often_is_recorded_once(sponsorship, manager):
    values = {
        "by": manager,
        "contribution": Contribution.SKILLS,
        "amount": Decimal("10.00"),
        "method": ValuationMethod.TIME,
        "note": "A day.",
        "token": uuid.uuid4(),
    }
    answers = at_once([lambda: in_kind.record(sponsorship, **values)] * CLICKS)
    assert answers.count("done") == 1
    assert sponsorship.entries.filter(contribution=Contribution.SKILLS).count() == 1


@pytest.mark.exhaustive
def test_of_fifty_acceptances_on_room_for_one_exactly_one_wins():
    chair = factories.make_chair("active")
    manager, contact = factories.make_staff(chair.cluster), factories.make_contact()
    activity = factories.make_activity(chair, target=Decimal("50000.00"))
    rivals = [
        factories.make_sponsorship("in_review", contact, chair=chair, activity=activity) for _number in range(FIFTY)
    ]
    factories.resolve_conflicts(rivals, by=manager)
    answers = at_once([lambda one=one: perform(one, "accept", by=manager) for one in rivals])
    assert answers.count("done") == 1
    assert sum("still needs €0" in answer for answer in answers) == FIFTY - 1
    assert remaining(activity) == 0
    assert Sponsorship.objects.filter(status="accepted").count() == 1
    call_command("check_ledger")


def test_different_verbs_on_one_account_wait_in_line(sponsorship, manager):
    """An early end, an amendment and an instalment all write in the account: each locks it first."""
    first, second = sponsorship.instalments.all()
    colleague = factories.make_staff(sponsorship.chair.cluster)
    amendment = factories.make_agreement(sponsorship, by=manager, cash_amount=Decimal("60000.00"))
    acts = [
        lambda: perform(amendment, "record", by=colleague),
        lambda: perform(sponsorship, "terminate", by=manager, note="Why."),
        lambda: perform(first, "fall_due", by=manager),
        lambda: perform(second, "fall_due", by=manager),
    ]
    answers = at_once(acts * 3)
    assert answers.count("done") >= 1
    assert not [answer for answer in answers if "deadlock" in answer]
    assert Sponsorship.objects.get(pk=sponsorship.pk).status == "terminated"
