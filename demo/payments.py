"""The payments of instalments in the demonstration: each instalment follows a story, in order of time."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from core.money import CENT
from demo.cast import Cast
from demo.histories import PastVerb, live, touched
from demo.papers import amend
from demo.texts import days_ago, moment
from sponsorships.accounting import in_kind
from sponsorships.accounting.conditions import outstanding, overpaid, reversible
from sponsorships.accounting.vat import default_rate, to_bank
from sponsorships.enums import Contribution, InstalmentCondition, Regime, ValuationMethod
from sponsorships.models import Instalment, Sponsorship

PAYABLE_WITHIN = datetime.timedelta(days=30)
PART, BEYOND = Decimal("0.4"), Decimal("250.00")
# Verbs, each with its number of days after the instalment's planned date.
ASKED = [("fall_due", 0), ("invoice", 3)]
PAID = [*ASKED, ("receive", 31)]
STORIES = {
    "paid": PAID,
    "due": ASKED[:1],
    "overdue": ASKED,
    "paid in part": [*ASKED, ("receive_part", 30)],
    "paid too much": [*ASKED, ("receive_too_much", 29), ("refund", 47)],
    "paid too much and kept": [*ASKED, ("receive_too_much", 29)],
    "returned": [*ASKED, ("receive", 28), ("reverse_payment", 34), ("receive", 55)],
    "given up": [*ASKED, ("receive_part", 30), ("write_off", 140)],
    "called twice": [*ASKED, ("cancel_invoice", 6), ("invoice", 7), ("receive", 40)],
}
NOTES = {
    "reverse_payment": "Virement rejeté par la banque.",
    "cancel_invoice": "Erreur de bon de commande : émise de nouveau.",
    "refund": "Trop-perçu rendu par virement.",
    "write_off": "Liquidation judiciaire : le solde ne viendra plus.",
}


@dataclass(frozen=True)
class Event:
    """Something that happens on a day; `act` is called with the moment and `told`, and returns further events or None."""

    day: datetime.date
    act: Callable
    told: tuple


@dataclass
class Account:
    """Runs the future events of a sponsorship's account, earliest first."""

    sponsorship: Sponsorship
    text: dict
    cast: Cast

    def keep(self, until: datetime.date) -> None:
        """Run all events in the text, up to a day."""
        events = self._instalments() + self._gifts()
        if change := self.text.get("amendment"):
            events.append(Event(days_ago(change["ago"]), self._amend, (change,)))
        while events:
            events.sort(key=lambda event: event.day, reverse=True)
            event = events.pop()
            if event.day <= until:
                at = moment(event.day, f"{self.text['key']} {event.told}")
                events += event.act(at, *event.told) or []

    def _instalments(self) -> list[Event]:
        return [event for one in self.sponsorship.instalments.standing() for event in self._story(one)]

    def _story(self, instalment: Instalment) -> list[Event]:
        if instalment.condition == InstalmentCondition.REPORT:
            return []  # until its report is accepted
        story = STORIES[self.text["agreement"].get("stories", {}).get(str(instalment.number), "paid")]
        return [
            Event(instalment.due_on + datetime.timedelta(days=days), self._perform, (instalment.pk, verb))
            for verb, days in story
        ]

    def _perform(self, at: datetime.datetime, pk: int, verb: str) -> None:
        instalment = Instalment.objects.get(pk=pk)
        # A rescheduled instalment has no further events.
        if instalment.superseded_on is None:
            name = "receive" if verb == "receive_too_much" else verb
            by = None if verb == "fall_due" else self._accountant()
            live(instalment, [PastVerb(name, by, at, NOTES.get(verb, ""), self._given(instalment, verb, at))])

    def _given(self, instalment: Instalment, verb: str, at: datetime.datetime) -> dict:
        day = timezone.localdate(at)
        is_gift = self.sponsorship.regime == Regime.PATRONAGE
        rate = None if is_gift else default_rate(self.sponsorship.regime)
        reference = f"VIR {day:%y%m%d}-{instalment.pk}"
        match verb:
            case "invoice":
                letter = "A" if self.sponsorship.regime == Regime.PATRONAGE else "F"
                number = f"{letter}{day:%Y}-{self.sponsorship.pk:03}{instalment.number:02}"
                return {"number": number, "payable_on": day + PAYABLE_WITHIN, "vat_rate": rate}
            case "reverse_payment":
                return {"entry": reversible(instalment).get().pk}
            case "receive":
                return self._paid(instalment, outstanding(instalment), rate, reference)
            case "receive_part":
                return self._paid(instalment, (instalment.amount * PART).quantize(CENT), rate, reference)
            case "receive_too_much":
                return self._paid(instalment, outstanding(instalment) + BEYOND, rate, reference)
            case "refund":
                gross = -to_bank(instalment, -overpaid(instalment), rate)
                return {"amount": gross, "vat_rate": rate, "reference": reference}
        return {}

    def _paid(self, instalment: Instalment, net: Decimal, rate: Decimal | None, reference: str) -> dict:
        return {"amount": to_bank(instalment, net, rate), "vat_rate": rate, "reference": reference}

    def _gifts(self) -> list[Event]:
        return [Event(days_ago(given["ago"]), self._give, (given,)) for given in self.text.get("given", [])]

    def _give(self, at: datetime.datetime, given: dict) -> None:
        in_kind.record(
            self.sponsorship,
            by=self._accountant(),
            contribution=Contribution(given.get("contribution", Contribution.IN_KIND)),
            amount=Decimal(given["amount"]),
            method=ValuationMethod(given["method"]),
            note=given["note"],
            at=at,
        )
        touched(self.sponsorship, at)

    def _amend(self, at: datetime.datetime, change: dict) -> list[Event]:
        agreement = amend(self.sponsorship, change, timezone.localdate(at), self.cast)
        return [event for one in agreement.instalments.all() for event in self._story(one)]

    def _accountant(self) -> User:
        cluster = self.sponsorship.chair.cluster
        return self.cast.users.get(f"finance.{cluster.slug}@example.org") or self.cast.manager(cluster)
