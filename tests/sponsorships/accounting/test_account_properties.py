"""Whatever staff do to an account, in any order: the instalments add up to what is agreed, nobody is paid what was not
asked, and the figures as of a day are a replay of the entries up to it. Allowed verbs are drawn, refusals are fine.
"""

import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exceptions import Refused
from core.mail.queue import muted
from sponsorships.accounting import in_kind, schedule
from sponsorships.accounting.conditions import outstanding, overpaid, reversible
from sponsorships.accounting.consistency import check_all
from sponsorships.accounting.sums import total
from sponsorships.agreements import drafting
from sponsorships.enums import AgreementPath, Contribution, EntryKind, ValuationMethod
from sponsorships.models import LedgerEntry, Sponsorship
from tests import factories
from tests.lifecycle.expectations import INSTALMENT_MOVES
from tests.sponsorships.accounting import replay
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
BEGAN_AGO = 90
CENT = Decimal("0.01")

# What is done, with how much, how many days after the last time, and how far ahead an amendment takes effect.
STEPS = st.lists(
    st.tuples(st.integers(0, 999), st.integers(1, 4000), st.integers(0, 9), st.integers(0, 40)), min_size=2, max_size=6
)


@pytest.fixture
def running(settings):
    # Neither mails nor the history of fields are what is tried here, and they take most of the time.
    settings.SIMPLE_HISTORY_ENABLED = False
    with muted():
        yield make_running()


def make_running():
    activity = factories.make_activity(factories.make_chair("active"), target=Decimal("60.00"))
    began = timezone.now() - datetime.timedelta(days=BEGAN_AGO)
    manager = factories.make_staff(activity.chair.cluster)
    sponsorship = factories.make_sponsorship(
        "in_review",
        chair=activity.chair,
        activity=activity,
        cash_amount=Decimal("30.00"),
        in_kind_amount=Decimal("5.00"),
    )
    sponsorship = perform(sponsorship, "accept", by=manager, at=began)
    agreement = factories.make_agreement(
        sponsorship, by=manager, parts=["10.00", "20.00"], effective_on=timezone.localdate(began)
    )
    agreement = perform(agreement, "record", by=factories.make_staff(activity.chair.cluster), at=began)
    return perform(sponsorship, "activate", by=manager, at=began), agreement, manager


class Account:
    """One account and the acts that can be tried on it."""

    def __init__(self, running):
        self.sponsorship, self.first, self.manager = running
        self.at = timezone.now() - datetime.timedelta(days=BEGAN_AGO)

    def step(self, choice, cents, days, ahead):
        self.at = min(self.at + datetime.timedelta(days=days), timezone.now())
        amount = Decimal(cents) / 100
        current = Sponsorship.objects.get(pk=self.sponsorship.pk)
        acts = [
            (self.on_instalment, one, verb)
            for one in current.instalments.standing()
            for verb, moves in INSTALMENT_MOVES.items()
            if one.status in moves
        ]
        acts += [(self.amend, ahead), (self.give,), (self.take_back,)]
        acts += [(self.end, "terminate"), (self.end, "complete")] if choice % 5 == 0 else []
        act, *told = acts[choice % len(acts)]
        try:
            with transaction.atomic():
                act(amount, *told)
        except Refused:
            pass

    def on_instalment(self, amount, one, verb):
        left, paid = outstanding(one), reversible(one).first()
        amounts = {"receive": left + (amount if amount > 20 else 0), "receive_part": min(amount, left - CENT)}
        details = {
            "amount": amounts.get(verb, min(amount, overpaid(one)) if verb == "refund" else amount),
            "reference": "B",
            "number": f"F-{one.pk}",
            "entry": paid.pk if paid else None,
        }
        perform(one, verb, by=self.manager, note="Why.", details=details, at=self.at)

    def amend(self, amount, ahead):
        effective_on = timezone.localdate(self.at) + datetime.timedelta(days=ahead)
        terms = {"effective_on": effective_on, "cash_amount": amount, "reason": "Why."}
        # The document of the first one serves again: no file is written for an example.
        terms |= {name: getattr(self.first, name) for name in ("signed_on", "signatories")} | {
            "file": self.first.file.name
        }
        agreement = drafting.draft(self.sponsorship, by=self.manager, path=AgreementPath.ELSEWHERE, **terms)
        left = schedule.to_plan(agreement)
        parts = schedule.propose(left, 2, timezone.localdate(self.at)) if left >= 2 * CENT else []
        schedule.plan(
            agreement,
            [schedule.Planned(part.amount, effective_on - datetime.timedelta(60)) for part in parts],
            by=self.manager,
        )
        perform(agreement, "record", by=factories.make_staff(self.sponsorship.chair.cluster), at=self.at)

    def give(self, amount):
        in_kind.record(
            self.sponsorship,
            by=self.manager,
            contribution=Contribution.IN_KIND,
            amount=amount,
            method=ValuationMethod.COST,
            note="Hours.",
            at=self.at,
        )

    def take_back(self, amount):
        entry = self.entries().filter(kind=EntryKind.RECEIVED, contribution=Contribution.IN_KIND, reverses=None).last()
        if entry:
            in_kind.reverse(entry, by=self.manager, note="Why.")

    def end(self, amount, verb):
        perform(self.sponsorship, verb, by=self.manager, note="Why.", at=self.at)

    def entries(self):
        return LedgerEntry.objects.filter(sponsorship=self.sponsorship)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS, ago=st.integers(-50, BEGAN_AGO))
def test_any_sequence_of_verbs_keeps_the_account_in_order(running, steps, ago):
    with transaction.atomic():
        account = Account(running)
        for step in steps:
            account.step(*step)
            agreed = account.entries().total(EntryKind.AGREED)
            assert account.sponsorship.instalments.standing().total() == agreed
        entries = list(account.entries().order_by("position"))
        assert list(replay.complaints(entries)) == []
        target = account.sponsorship.activity.target
        for stage in replay.after_each_act(entries):
            assert all(replay.totals(stage, day)["agreed", "cash"] <= target for day in replay.days(stage))
        as_of = timezone.localdate() - datetime.timedelta(days=ago)
        told = replay.totals(entries, as_of)
        sums = account.entries().on(as_of).order_by().values_list("kind", "contribution").annotate(total())
        assert {(kind, contribution): amount for kind, contribution, amount in sums} == told
        assert list(check_all()) == []
        transaction.set_rollback(True)
