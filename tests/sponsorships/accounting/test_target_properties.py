"""However many sponsorships share an activity, whatever is agreed, amended and ended: its target is never exceeded,
today or on any day to come, and pages, lists and conditions say the same of what remains.
"""

import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chairs.models import Activity
from core.exceptions import Refused
from core.mail.queue import muted
from sponsorships.accounting import schedule
from sponsorships.accounting.activity_money import with_money
from sponsorships.accounting.consistency import check_all
from sponsorships.agreements import drafting
from sponsorships.enums import AgreementPath
from sponsorships.models import LedgerEntry, Sponsorship
from sponsorships.proposals.conditions import remaining
from tests import factories
from tests.sponsorships.accounting import replay
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
TARGETS = [Decimal("100.00"), Decimal("50.00")]
VERBS = ["accept", "agree", "agree", "activate", "agree", "withdraw", "terminate", "decline"]

# Whose turn it is, the verb, the sum that is agreed on in cents, the activity, and how far ahead it takes effect.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(VERBS), st.integers(0, 10_000), st.integers(0, 1), st.integers(-5, 30)
    ),
    min_size=4,
    max_size=8,
)


@pytest.fixture
def world(settings):
    # Neither mails nor the history of fields are what is tried here, and they take most of the time.
    settings.SIMPLE_HISTORY_ENABLED = False
    with muted():
        yield make_world()


def make_world():
    chair, contact = factories.make_chair("active"), factories.make_contact()
    activities = [factories.make_activity(chair, target=target) for target in TARGETS]
    offers = [
        factories.make_sponsorship(
            "in_review",
            contact,
            chair=chair,
            activity=activities[0],
            cash_amount=Decimal(cash),
            in_kind_amount=Decimal(9),
        )
        for cash in ("40.00", "60.00", "100.00")
    ]
    # The file of an agreement that is never signed: no example writes one of its own.
    paper = factories.make_agreement(factories.make_sponsorship("accepted", contact, chair=chair))
    # One accepts, the other records what was signed elsewhere, the partner withdraws.
    people = [factories.make_staff(chair.cluster), factories.make_staff(chair.cluster), contact.user]
    return offers, activities, people, paper


def agree(sponsorship, by, paper, cents, activity, ahead):
    terms = {
        "effective_on": timezone.localdate() + datetime.timedelta(days=ahead),
        "cash_amount": Decimal(cents) / 100,
        "activity": activity,
        "reason": "Why.",
        **{name: getattr(paper, name) for name in ("signed_on", "signatories", "managing_institution")},
        "file": paper.file.name,
    }
    agreement = drafting.draft(sponsorship, by=by, path=AgreementPath.ELSEWHERE, **terms)
    left = schedule.to_plan(agreement)
    schedule.plan(agreement, [schedule.Planned(left, timezone.localdate())] if left else [], by=by)
    # Whoever promises more does not record it alone.
    perform(agreement, "record", by=factories.make_staff(sponsorship.chair.cluster))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_the_target_holds_on_every_day(world, steps):
    offers, activities, (manager, colleague, partner), paper = world
    with transaction.atomic():
        for who, verb, cents, where, ahead in steps:
            current = Sponsorship.objects.get(pk=offers[who].pk)
            try:
                with transaction.atomic():
                    if verb == "agree":
                        agree(current, colleague, paper, cents, activities[where], ahead)
                    else:
                        perform(current, verb, by=partner if verb == "withdraw" else manager, note="Why.")
            except Refused:
                pass
        entries = list(LedgerEntry.objects.filter(kind="agreed", contribution="cash"))
        for activity in with_money(Activity.objects.filter(pk__in=[one.pk for one in activities])):
            sums = {day: replay.totals(entries, day, by=("activity_id",))[activity.pk,] for day in replay.days(entries)}
            assert all(0 <= amount <= activity.target for amount in sums.values()), sums
            today = timezone.localdate()
            now = replay.totals(entries, today, by=("activity_id",))[activity.pk,]
            highest = max([now, *(amount for day, amount in sums.items() if day > today)])
            assert remaining(activity) == activity.money.remaining == activity.target - highest
        assert list(check_all()) == []
        transaction.set_rollback(True)
