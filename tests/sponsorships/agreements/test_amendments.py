"""An amendment says before, after and from when; figures of the days before do not move."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from sponsorships.accounting.activity_money import with_money
from sponsorships.agreements.terms import changes
from sponsorships.enums import EntryKind
from sponsorships.proposals.conditions import remaining
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def activity():
    return factories.make_activity(factories.make_chair("active"), target=Decimal("100000.00"))


@pytest.fixture
def manager(activity):
    return factories.make_staff(activity.chair.cluster)


@pytest.fixture
def sponsorship(activity, manager):
    return factories.make_running(by=manager, chair=activity.chair, activity=activity, parts=["20000.00", "30000.00"])


@pytest.fixture
def amend(sponsorship, manager):
    """Put an amendment in force that takes effect in so many days."""

    def amend(days=0, **terms):
        effective_on = timezone.localdate() + days * DAY
        agreement = factories.make_agreement(sponsorship, by=manager, effective_on=effective_on, **terms)
        return perform(agreement, "record", by=factories.make_staff(sponsorship.chair.cluster))

    yield amend
    call_command("check_ledger")


def agreed(record, days=0):
    return record.entries.on(timezone.localdate() + days * DAY).total(EntryKind.AGREED)


def test_it_says_what_it_changes_before_and_after(amend, sponsorship):
    same = sponsorship.agreements.get().managing_institution
    told = changes(amend(cash_amount=Decimal("60000.00"), other_parties="Inria", managing_institution=same))
    assert [(one.label, one.before, one.after) for one in told] == [
        ("cash (€)", "€50,000", "€60,000"),
        ("other parties", "—", "Inria"),
    ]


def test_figures_move_on_its_day_and_no_earlier(amend, sponsorship):
    amend(days=10, cash_amount=Decimal("60000.00"))
    assert [agreed(sponsorship, day) for day in (0, 9, 10)] == [50000, 50000, 60000]


@pytest.mark.exhaustive(counted=True)
def test_every_page_says_the_amended_amount(amend, client, sponsorship):
    amend(cash_amount=Decimal("61234.00"))
    chair, partner = sponsorship.chair, sponsorship.partner
    pages = [chair.get_absolute_url(), reverse("sponsorships:partner_detail", args=[partner.slug])]
    contact = sponsorship.signatory.user
    for user, address in [
        *((None, page) for page in pages),
        (contact, reverse("sponsorships:publication", args=[sponsorship.reference])),
        (factories.make_staff(chair.cluster), reverse("admin:sponsorships_sponsorship_changelist")),
    ]:
        client.force_login(user) if user else client.logout()
        assert "€61,234" in client.get(address).content.decode(), address


def test_what_was_invoiced_stands_and_the_rest_is_planned_anew(amend, sponsorship, manager):
    first = sponsorship.instalments.first()
    for verb in ("fall_due", "invoice"):
        perform(first, verb, by=manager, details={"number": "F-1"})
    with pytest.raises(Refused, match="must be equal to the cent"):
        amend(cash_amount=Decimal("45000.00"), parts=["45000.00"])
    sponsorship.agreements.open().get().instalments.all().delete()
    perform(sponsorship.agreements.open().get(), "void", by=manager, note="Planned too much.")
    amend(cash_amount=Decimal("45000.00"), parts=["25000.00"])
    standing = sponsorship.instalments.standing()
    assert [one.amount for one in standing] == [20000, 25000]
    assert sponsorship.instalments.get(number=2).superseded_by.number == 3


def test_another_activity_takes_the_sum_with_it(amend, activity, sponsorship):
    other = factories.make_activity(activity.chair)
    amend(days=5, activity=other)
    assert [(agreed(activity, day), agreed(other, day)) for day in (4, 5)] == [(50000, 0), (0, 50000)]
    # Both count meanwhile: the one is not free yet, the other no longer.
    assert (remaining(activity), remaining(other)) == (50000, 50000)


def test_the_target_is_never_exceeded(amend, sponsorship):
    with pytest.raises(Refused, match="still needs €50,000 and this agreement adds €50,000.01"):
        amend(cash_amount=Decimal("100000.01"))


@pytest.mark.exhaustive(counted=True)
def test_a_rise_that_is_announced_counts_at_once_and_through_its_whole_time(amend, activity, manager):
    amend(days=10, cash_amount=Decimal("100000.00"))
    amend(days=20, cash_amount=Decimal("50000.00"))
    assert remaining(activity) == 0, "between the two there is no room"
    assert with_money([activity])[0].money.remaining == 0
    late = factories.make_sponsorship("in_review", chair=activity.chair, activity=activity, cash_amount=Decimal("1.00"))
    with pytest.raises(Refused, match="still needs €0"):
        perform(late, "accept", by=manager)


def test_a_fall_that_is_announced_gives_room_from_its_day(amend, activity, manager):
    amend(days=10, cash_amount=Decimal("20000.00"))
    assert remaining(activity) == 50000
    amend(days=10, cash_amount=Decimal("100000.00"))
    assert remaining(activity) == 0


def test_an_early_end_does_not_wait_for_what_was_announced(amend, sponsorship, manager):
    first = sponsorship.instalments.first()
    for verb in ("fall_due", "invoice"):
        perform(first, verb, by=manager, details={"number": "F-1"})
    amend(days=10, cash_amount=Decimal("20000.00"))
    assert [agreed(sponsorship, day) for day in (0, 9, 10)] == [50000, 50000, 20000]
    perform(sponsorship, "terminate", by=manager, note="The team left.")
    assert [agreed(sponsorship, day) for day in (-1, 0, 10)] == [0, 20000, 20000], "what was invoiced, from the end on"
