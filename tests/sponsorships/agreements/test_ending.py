"""The end of a sponsorship, at its term or before: what was invoiced stands, what was not is no longer expected."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from sponsorships.enums import EntryKind
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def sponsorship():
    return factories.make_running(parts=["20000.00", "30000.00"])


@pytest.fixture
def manager(sponsorship):
    yield factories.make_staff(sponsorship.chair.cluster)
    call_command("check_ledger")


def invoice(instalment, by):
    for verb in ("fall_due", "invoice"):
        instalment = perform(instalment, verb, by=by, details={"number": f"F-{instalment.pk}"})
    return instalment


def agreed(sponsorship, days=0):
    return sponsorship.entries.on(timezone.localdate() + days * DAY).total(EntryKind.AGREED)


def test_it_is_completed_once_every_instalment_is_settled(sponsorship, manager):
    first, second = (invoice(one, manager) for one in sponsorship.instalments.all())
    perform(first, "receive", by=manager, details={"amount": first.amount, "reference": "B-1"})
    with pytest.raises(Refused, match=r"Instalment 2 \(€30,000\) is neither received nor written off"):
        perform(sponsorship, "complete", by=manager)
    perform(second, "write_off", by=manager, note="The company is no more.")
    assert perform(sponsorship, "complete", by=manager).status == "completed"


def test_an_open_amendment_keeps_it_from_being_completed(sponsorship, manager):
    for one in sponsorship.instalments.all():
        perform(invoice(one, manager), "write_off", by=manager, note="Given up.")
    factories.make_agreement(sponsorship, by=manager, parts=[])
    with pytest.raises(Refused, match="Amendment 1 is still being prepared"):
        perform(sponsorship, "complete", by=manager)


def test_an_early_end_keeps_what_was_invoiced_and_its_money_can_still_come(sponsorship, manager):
    first = invoice(sponsorship.instalments.first(), manager)
    perform(sponsorship, "terminate", by=manager, note="Bankruptcy.")
    assert agreed(sponsorship) == sponsorship.instalments.standing().total() == Decimal("20000.00")
    assert (
        perform(first, "receive", by=manager, details={"amount": first.amount, "reference": "B"}).status == "received"
    )
    with pytest.raises(Refused, match="no longer in force"):
        perform(sponsorship.instalments.last(), "fall_due", by=manager)


def test_an_amendment_that_was_announced_ends_with_it(sponsorship, manager):
    later = timezone.localdate() + 10 * DAY
    amendment = factories.make_agreement(sponsorship, by=manager, cash_amount=Decimal("70000.00"), effective_on=later)
    perform(amendment, "record", by=factories.make_staff(sponsorship.chair.cluster))
    perform(sponsorship, "terminate", by=manager, note="Bankruptcy.")
    assert [agreed(sponsorship, day) for day in (-1, 0, 9, 10, 11)] == [0, 0, 0, 0, 0]


def test_it_ends_on_a_day_of_its_own_life(sponsorship, manager):
    today = timezone.localdate()
    for days, sentence in ((1, "cannot be in the future"), (-1, "cannot be before the sponsorship was accepted")):
        with pytest.raises(Refused, match=sentence):
            perform(sponsorship, "terminate", by=manager, note="Why.", details={"on": today + days * DAY})
    assert perform(sponsorship, "terminate", by=manager, note="Why.", details={"on": today}).terminated_on == today


def test_a_signed_agreement_is_not_withdrawn_from(manager, sponsorship):
    accepted = factories.make_sponsorship("accepted", chair=sponsorship.chair)
    perform(factories.make_agreement(accepted, by=manager), "record", by=manager)
    with pytest.raises(Refused, match="The agreement is signed"):
        perform(accepted, "withdraw", by=accepted.signatory.user)


def test_nothing_starts_without_an_agreement(manager, sponsorship):
    accepted = factories.make_sponsorship("accepted", chair=sponsorship.chair)
    with pytest.raises(Refused, match="No agreement is in force yet"):
        perform(accepted, "activate", by=manager)


def test_an_agreement_that_an_end_overtook_waits_for_nobody(client, sponsorship, manager):
    factories.make_agreement(sponsorship, by=manager, cash_amount=Decimal("60000.00"))
    client.force_login(manager)
    waiting = f"{reverse('admin:sponsorships_agreement_changelist')}?waiting=me"
    assert str(sponsorship.partner) in client.get(waiting).text
    perform(sponsorship, "terminate", by=manager, note="The company closes.")
    assert str(sponsorship.partner) not in client.get(waiting).text
