"""Whatever people do to a sponsorship, in any order, the ledger says to the cent what a hundred lines of plain Python say,
as of any day and as it was known at any moment; and what these call impossible is refused.
"""

import copy
import datetime
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as tried
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.exceptions import Refused
from core.mail.queue import muted
from figures.enums import PUBLIC, Measure
from figures.kept import KeptSums
from sponsorships.accounting import in_kind, kept_sums, schedule
from sponsorships.accounting.conditions import reversible
from sponsorships.accounting.consistency import check_all
from sponsorships.agreements import drafting
from sponsorships.enums import AgreementPath, ValuationMethod
from sponsorships.models import LedgerEntry, Sponsorship
from sponsorships.publication import publish
from tests import factories
from tests.lifecycle.expectations import INSTALMENT_MOVES, SPONSORSHIP_MOVES
from tests.sponsorships.accounting.reference_model import AGREED, Book, Impossible
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.exhaustive]
TARGET, STEPS = 6000, 15
PARTNERS = ("submit", "resubmit", "withdraw")
# Few sums, so that the same ones meet again: nothing, a cent, halves, the whole, more than the target.
CENTS = st.sampled_from([0, 1, 1000, 1500, 3000, 3001, 6000, 6001])
DAYS = st.sampled_from([0, 0, 0, 1, 20, 45])
VALUED = st.sampled_from(["in_kind", "skills"])
CHOICE = st.integers(0, 999)


def euros(cents):
    return Decimal(cents) / 100


def day_after(day, days):
    return day + datetime.timedelta(days=days)


def chosen(choice, moves, status):
    """Return a verb: in three of four cases one that this status allows, where there is one."""
    allowed = [verb for verb, sources in moves.items() if status in sources]
    verbs = allowed if allowed and choice % 4 else list(moves)
    return verbs[choice // 4 % len(verbs)]


class World:
    """The people of one account, and its activity: made once, for every example."""

    def __init__(self):
        self.contact = factories.make_contact()
        chair = factories.make_chair("active")
        self.activity = factories.make_activity(chair, target=euros(TARGET))
        self.manager, self.colleague = factories.make_staff(chair.cluster), factories.make_staff(chair.cluster)
        self.institution = factories.make_institution()
        self.paper = default_storage.save("paper.pdf", ContentFile(factories.PDF))


class Ledger(RuleBasedStateMachine):
    """Each rule does one thing to the records and to the book; `test_…` gives the world and the clock."""

    world: World
    clock: list

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock[0] = timezone.now()
        self.began, self.known, self.number = self.clock[0], [], 0

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock[0] = self.began

    @property
    def today(self):
        return timezone.localdate()

    @property
    def record(self):
        return Sponsorship.objects.get(pk=self.pk)

    def do(self, in_book, in_records):
        """Do one thing in both; what is impossible in the book is refused by the records, and leaves nothing."""
        before, self.number = copy.deepcopy(self.book), self.number + 1
        try:
            in_book()
        except Impossible:
            self.book = before
            with pytest.raises(Refused), transaction.atomic():
                in_records()
        else:
            with transaction.atomic():
                in_records()

    @initialize(cash=st.sampled_from([1000, 3000, 6000]), valued=st.sampled_from([0, 500]), is_running=st.booleans())
    def begin(self, cash, valued, is_running):
        amounts = {"cash_amount": euros(cash), "in_kind_amount": euros(valued), "in_kind_description": "Hours."}
        activity = self.world.activity
        made = factories.make_sponsorship(
            "draft", self.world.contact, chair=activity.chair, activity=activity, confidentiality="anonymous", **amounts
        )
        self.pk, self.book = made.pk, Book(TARGET, {"cash": cash, "in_kind": valued})
        if is_running:
            for verb in ("submit", "review", "accept"):
                self.lead(verb, ago=0)
            self.agree(cash=cash, valued=valued, ahead=0, parts=2, due=0)
            self.lead("activate", ago=0)
            for verb in ("fall_due", "invoice"):
                self.on_part(1, verb, cents=1, ago=0)

    @rule(days=DAYS.filter(bool))
    def wait(self, days):
        self.known = [*self.known[-2:], (self.clock[0], {day: self.book.as_of(day) for day in self.some_days()})]
        self.clock[0] += datetime.timedelta(days=days)

    @precondition(lambda self: self.book.status in ("draft", "changes_requested"))
    @rule(cash=CENTS, valued=CENTS)
    def rewrite(self, cash, valued):
        self.book.offer = {"cash": cash, "in_kind": valued}
        record = self.record
        record.cash_amount, record.in_kind_amount = euros(cash), euros(valued)
        record.save()

    @rule(choice=CHOICE, ago=DAYS)
    def move(self, choice, ago):
        self.lead(chosen(choice, SPONSORSHIP_MOVES, self.book.status), ago)

    def lead(self, verb, ago):
        by = self.world.contact.user if verb in PARTNERS else self.world.manager
        on = day_after(self.today, -ago) if verb == "terminate" else None
        on = max(on, timezone.localdate(self.record.accepted_at or timezone.now())) if on else None
        self.do(
            lambda: self.book.lead(verb, self.today, on),
            lambda: perform(self.record, verb, by=by, note="Why.", details={"on": on}),
        )

    @rule(cash=CENTS, valued=CENTS, ahead=st.sampled_from([-20, 0, 10, 40]), parts=st.integers(1, 3), due=DAYS)
    def agree(self, cash, valued, ahead, parts, due):
        since = day_after(self.today, ahead)
        left = cash - sum(part.amount for part in self.book.parts.values() if part.stands and part.is_asked)
        amounts = (
            [left // parts + (left % parts if number == 0 else 0) for number in range(parts)] if left >= parts else []
        )
        numbers = range(len(self.book.parts) + 1, len(self.book.parts) + 1 + len(amounts))
        plan = {number: (cents, day_after(self.today, due)) for number, cents in zip(numbers, amounts, strict=True)}
        terms = {"cash": cash, "in_kind": valued}
        self.do(
            lambda: self.book.agree(self.today, since, terms, plan), lambda: self.write_agreement(since, terms, plan)
        )

    def write_agreement(self, since, terms, plan):
        world = self.world
        agreement = drafting.draft(
            self.record,
            by=world.manager,
            path=AgreementPath.ELSEWHERE,
            effective_on=since,
            cash_amount=euros(terms["cash"]),
            in_kind_amount=euros(terms["in_kind"]),
            reason="Why.",
            signed_on=self.today,
            signatories="A. Person",
            file=world.paper,
            managing_institution=world.institution,
        )
        rows = [schedule.Planned(euros(cents), due) for cents, due in plan.values()]
        schedule.plan(agreement, rows, by=world.manager)
        perform(agreement, "record", by=world.colleague)

    @precondition(lambda self: self.book.parts)
    @rule(which=st.integers(0, 20), choice=CHOICE, cents=CENTS.filter(bool), ago=DAYS)
    def collect(self, which, choice, cents, ago):
        number = list(self.book.parts)[which % len(self.book.parts)]
        self.on_part(number, chosen(choice, INSTALMENT_MOVES, self.book.parts[number].status), cents, ago)

    def on_part(self, number, verb, cents, ago):
        on = day_after(self.today, -ago)
        one = self.record.instalments.get(number=number)
        details = {"amount": euros(cents), "on": on, "reference": f"B {self.number}", "number": f"F {self.number}"}
        if verb == "reverse_payment":
            details["entry"] = reversible(one).values_list("pk", flat=True).first()
        self.do(
            lambda: self.book.on_part(verb, number, cents, self.today, on),
            lambda: perform(one, verb, by=self.world.manager, note="Why.", details=details),
        )

    @rule(contribution=VALUED, cents=CENTS.filter(bool), ago=DAYS)
    def give(self, contribution, cents, ago):
        on = day_after(self.today, -ago)
        said = {"contribution": contribution, "amount": euros(cents), "method": ValuationMethod.COST, "note": "Hours."}
        self.do(
            lambda: self.book.give(contribution, cents, self.today, on),
            lambda: in_kind.record(self.record, by=self.world.manager, on=on, **said),
        )

    @precondition(lambda self: self.book.given)
    @rule(which=st.integers(0, 20))
    def take_back(self, which):
        place = which % len(self.book.given)
        entries = LedgerEntry.objects.filter(sponsorship=self.pk, kind="received", reverses=None, reversed_by=None)
        entry = list(entries.exclude(contribution="cash").order_by("position"))[place]
        self.do(
            lambda: self.book.take_back(place, self.today),
            lambda: in_kind.reverse(entry, by=self.world.manager, note="Why."),
        )

    @rule(confidentiality=st.sampled_from(["public", "anonymous"]), ahead=DAYS)
    def publish(self, confidentiality, ahead):
        chosen = {"confidentiality": confidentiality, "amount_from": day_after(self.today, ahead)}
        publish(self.record, by=self.world.contact.user, chosen={"named_from": None, "shows_logo": False, **chosen})
        self.book.public_from = chosen["amount_from"] if confidentiality == "public" else datetime.date.max

    @rule()
    def count(self):
        """What changed is counted now; in the other steps, pages make up for it."""
        kept_sums.count_all()

    def some_days(self):
        written = {entry.effective_on for entry in self.entries()}
        return sorted({day_after(day, one) for day in {self.today, *written} for one in (-1, 0)})

    def entries(self):
        return list(LedgerEntry.objects.filter(sponsorship=self.pk).order_by("position"))

    @invariant()
    def statuses_are_those_of_the_book(self):
        assert self.record.status == self.book.status
        told = {one.number: (one.status, one.superseded_on is None) for one in self.record.instalments.all()}
        assert told == {number: (part.status, part.stands) for number, part in self.book.parts.items()}

    @invariant()
    def figures_are_those_of_the_book(self):
        """As of every day on which something begins to count and the day before, and as they were known before."""
        entries = self.entries()
        for day in self.some_days():
            assert sums(entries, day) == self.book.as_of(day), day
        for moment, figures in self.known:
            known = [entry for entry in entries if entry.recorded_at <= moment]
            assert {day: sums(known, day) for day in figures} == figures

    @invariant()
    def pages_read_the_same(self):
        """The sums that are kept beside the ledger, of the nation and of the cluster, for the office and for the public."""
        # Of what ended early nothing is told.
        is_public = self.book.status in AGREED - {"terminated"} and self.book.public_from <= self.today
        days = self.some_days()
        for day in {self.today, days[self.number % len(days)]}:
            of_measures = {Measure.of(*key): cents for key, cents in self.book.as_of(day).items()}
            told = {key: cents for key, cents in of_measures.items() if key in PUBLIC and is_public}
            cluster = self.world.activity.chair.cluster_id if self.number % 2 else None
            assert measured(KeptSums(day, cluster)) == {key: cents for key, cents in of_measures.items() if key}
            assert measured(KeptSums(day, cluster, is_public=True)) == told

    @invariant()
    def the_chain_is_whole_and_nothing_is_found(self):
        entries = self.entries()
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        assert all(after.previous_hash == before.hash for before, after in pairwise(entries))
        assert list(check_all()) == []


def sums(entries, day):
    found = defaultdict(int)
    for entry in entries:
        found[entry.kind, entry.contribution] += int(entry.amount * 100) if entry.effective_on <= day else 0
    return {key: cents for key, cents in found.items() if cents}


def measured(kept):
    return {measure: int(amount * 100) for measure, amount in kept.total().amounts.items() if amount}


def test_the_ledger_is_the_book_of_the_model(settings, monkeypatch):
    # Neither mails nor the history of fields are what is tried here, and they take most of the time.
    settings.SIMPLE_HISTORY_ENABLED = False
    clock = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    Ledger.world, Ledger.clock = World(), clock
    # A step asks the database a hundred times: fewer examples than of other properties, each of many steps.
    examples, unhurried = max(1, tried.default.max_examples // 5), list(HealthCheck)
    with muted():
        run_state_machine_as_test(
            Ledger, settings=tried(max_examples=examples, stateful_step_count=STEPS, suppress_health_check=unhurried)
        )
