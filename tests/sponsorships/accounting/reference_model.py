"""One sponsorship's money once more, in a hundred lines of plain Python and whole cents: written from docs/money.md, not from the code that it judges.

What is promised is a line of steps: "from this day on, so much". What moves is a list of sums by day. Amounts are net of VAT.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from tests.lifecycle.expectations import INSTALMENT_MOVES, SPONSORSHIP_MOVES

AGREED = {"accepted", "active", "completed", "terminated"}
UNINVOICED, SETTLED = {"planned", "due"}, {"received", "written_off"}
# Money that was asked still comes after an early end; nothing new is asked.
STILL_COMES = {"receive", "receive_part", "overpay", "refund", "reverse_payment", "write_off", "undo_write_off"}


class Impossible(Exception):
    """No such thing may happen now: the verb must be refused."""


def ask(condition):
    if not condition:
        raise Impossible


def held(line, day):
    """Return what a line of steps holds on a day."""
    return line[max(since for since in line if since <= day)] if line and min(line) <= day else 0


@dataclass
class Part:
    """An instalment, and each press that brought money: what was received with it, and what was beyond."""

    amount: int
    due: datetime.date
    binds: datetime.date
    status: str = "planned"
    stands: bool = True
    presses: list = field(default_factory=list)

    @property
    def is_asked(self):
        return self.status not in UNINVOICED


@dataclass
class Book:
    target: int
    offer: dict  # contribution -> cents, as in all that follows
    status: str = "draft"
    sent: dict = field(default_factory=dict)
    terms: dict | None = None
    since: datetime.date = datetime.date.min
    parts: dict = field(default_factory=dict)
    steps: dict = field(
        default_factory=lambda: defaultdict(dict)
    )  # (kind, contribution) -> {day: so much from then on}
    days: set = field(default_factory=set)  # on which promises were written
    moved: list = field(default_factory=list)  # (day, kind, contribution, cents)
    given: list = field(default_factory=list)  # what stands in kind and skills: (day, contribution, cents)
    public_from: datetime.date = datetime.date.max

    def as_of(self, day):
        found = defaultdict(int, {key: held(line, day) for key, line in self.steps.items()})
        for since, kind, contribution, cents in self.moved:
            found[kind, contribution] += cents if since <= day else 0
        return {key: cents for key, cents in found.items() if cents}

    def promise(self, today, on=None):
        """Write what is promised from a day on. Earlier days keep what they had; where the day is said, later steps go."""
        day = max([on or today, *(one for one in self.days if one <= today)])
        pending = self.sent if self.status in {"in_review", "changes_requested"} else {}
        agreed = (
            (self.kept() if self.status == "terminated" else self.terms or self.sent) if self.status in AGREED else {}
        )
        said = {"asked": self.sent, "pending": pending, "agreed": agreed}
        wanted = {(kind, name): cents for kind, amounts in said.items() for name, cents in amounts.items()}
        for key in {*wanted, *self.steps}:
            line, cents = self.steps[key], wanted.get(key, 0)
            later = {one for one in line if one > day}
            if cents != held(line, datetime.date.max) or (on and later):
                self.days |= later | ({day} if cents != held(line, day) else set())
                self.steps[key] = {one: before for one, before in line.items() if one < day} | {day: cents}

    def kept(self):
        """Return what stays agreed after an early end: what was invoiced, and what came in kind and skills."""
        kept = defaultdict(int, cash=sum(part.amount for part in self.parts.values() if part.stands))
        for _day, contribution, cents in self.given:
            kept[contribution] += cents
        return kept

    def supersede(self):
        for part in self.parts.values():
            part.stands = part.stands and part.is_asked

    def lead(self, verb, today, on=None):
        ask(self.status in SPONSORSHIP_MOVES[verb])
        ask(verb not in ("submit", "resubmit") or any(self.offer.values()))
        ask(verb != "accept" or self.sent["cash"] <= self.target)
        ask(verb not in ("decline", "withdraw") or not self.terms)
        ask(verb != "activate" or self.terms)
        ask(verb != "complete" or all(part.status in SETTLED for part in self.parts.values() if part.stands))
        if verb in ("submit", "resubmit"):
            self.sent = dict(self.offer)
        if verb == "terminate":
            self.supersede()
        self.status = SPONSORSHIP_MOVES[verb][self.status]
        self.promise(today, on)

    def agree(self, today, since, terms, plan):
        self.supersede()
        ask(self.status in ("accepted", "active") and any(terms.values()) and since >= self.since)
        standing = [part.amount for part in self.parts.values() if part.stands]
        ask(sum(standing) + sum(cents for cents, _due in plan.values()) == terms["cash"] <= self.target)
        self.parts |= {number: Part(cents, due, min(today, since)) for number, (cents, due) in plan.items()}
        self.terms, self.since = terms, since
        self.promise(today, since)

    def on_part(self, verb, number, cents, today, on):
        part = self.parts[number]
        ask(part.status in INSTALMENT_MOVES[verb] and part.stands)
        ask(self.status == "active" or (self.status == "terminated" and verb in STILL_COMES))
        ask(verb not in ("fall_due", "invoice") or part.due <= today)
        came, beyond = (sum(press[place] for press in part.presses) for place in (0, 1))
        left = part.amount - came
        first = next((press for press in part.presses if press[0]), (0, 0))
        allowed = {"receive_part": cents < left, "receive": cents >= left, "refund": cents <= beyond}
        allowed |= {"reverse_payment": first[0] and first[1] <= beyond, "cancel_invoice": came == beyond == 0}
        ask(allowed.get(verb, True))
        ask(verb == "fall_due" or part.binds <= on <= today)
        presses = {"receive_part": (cents, 0), "receive": (left, cents - left), "overpay": (0, cents)}
        presses |= {"refund": (0, -cents), "reverse_payment": (-first[0], -first[1])}
        lines = dict(zip(("received", "overpaid"), presses.get(verb, (0, 0)), strict=True))
        lines["invoiced"] = {"invoice": part.amount, "cancel_invoice": -part.amount}.get(verb, 0)
        lines["written_off"] = {"write_off": left, "undo_write_off": -left}.get(verb, 0)
        if verb == "reverse_payment":
            part.presses.remove(first)
        elif verb in presses:
            part.presses.append(presses[verb])
        self.moved += [(on, kind, "cash", cents) for kind, cents in lines.items()]
        part.binds = part.binds if verb == "fall_due" else on
        part.status = INSTALMENT_MOVES[verb][part.status]

    def give(self, contribution, cents, today, on):
        ask(self.status == "active" and on <= today and (on, contribution, cents) not in self.given)
        self.given.append((on, contribution, cents))
        self.moved.append((on, "received", contribution, cents))

    def take_back(self, place, today):
        ask(self.status == "active")
        day, contribution, cents = self.given.pop(place)
        self.moved.append((max(day, today), "received", contribution, -cents))
