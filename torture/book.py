"""What clients sent and which responses they got, recorded outside the site; the comparison with its data; and the report."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

PAYMENT, DRAFT, SENDING = "payments", "proposals saved", "proposals sent"
REVIEW, IMPORT = "reviews begun", "tables entered"
KINDS = (PAYMENT, DRAFT, SENDING, REVIEW, IMPORT)


@dataclass(frozen=True)
class Tally:
    """One kind of write. `lost` writes were acknowledged and are missing; `doubled` ones are stored more than once."""

    kind: str
    sent: int
    acknowledged: int
    found: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    strange: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return self.acknowledged > 0 and not (self.lost or self.doubled or self.strange)


@dataclass
class Book:
    """The tokens sent and acknowledged, by kind; used by many threads."""

    sent: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    acknowledged: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    answers: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, kind: str, token: str) -> None:
        with self.lock:
            self.sent[kind].add(token)

    def acknowledge(self, kind: str, token: str) -> None:
        with self.lock:
            self.acknowledged[kind].add(token)

    def answer(self, kind: str, status: int | None) -> None:
        """Count a response by its status; None for a broken connection."""
        with self.lock:
            self.answers[kind, status] += 1

    def count(self, kind: str) -> int:
        """Return the number of acknowledged writes of a kind."""
        with self.lock:
            return len(self.acknowledged[kind])

    def total(self) -> int:
        return sum(map(self.count, KINDS))

    def seen(self, kind: str, status: int | None) -> int:
        with self.lock:
            return self.answers[kind, status]

    def tally(self, kind: str, found: Iterable[str]) -> Tally:
        """Compare with the tokens that the site has stored, repeated as often as they are stored."""
        times = Counter(found)
        sent, acknowledged = self.sent[kind], self.acknowledged[kind]
        return Tally(
            kind=kind,
            sent=len(sent),
            acknowledged=len(acknowledged),
            found=len(times),
            lost=tuple(sorted(acknowledged - times.keys())),
            doubled=tuple(sorted(token for token, often in times.items() if often > 1)),
            strange=tuple(sorted(times.keys() - sent)),
        )


@dataclass(frozen=True)
class Fault:
    """One fault: the seconds until recovery, None if it never came; and the writes acknowledged while it lasted."""

    name: str
    seconds: float | None
    meanwhile: int
    restarted: list[str]


@dataclass(frozen=True)
class Ended:
    """The result for a database. `ledger` is the output of check_ledger if it found an error, else empty."""

    engine: str
    tallies: list[Tally]
    faults: list[Fault]
    left_out: dict[str, str]
    answers: Counter
    ledger: str
    mails: int
    mails_left: int
    mails_held: int
    mails_stuck: int
    mails_lost: int
    mails_again: int

    @property
    def mistakes(self) -> int:
        """The number of responses with status 500. An outage (503) or a broken connection is no such error."""
        return sum(times for (_kind, status), times in self.answers.items() if status == 500)

    @property
    def summary(self) -> str:
        lost, doubled = (sum(len(getattr(one, name)) for one in self.tallies) for name in ("lost", "doubled"))
        sent = sum(one.sent for one in self.tallies)
        return f"{self.engine}: {len(self.faults)} faults, {sent} writes sent, {lost} lost, {doubled} doubled"

    @property
    def is_good(self) -> bool:
        is_well = bool(self.faults) and all(fault.seconds is not None for fault in self.faults)
        is_wrong = self.ledger or self.mails_lost or self.mails_stuck or self.mistakes
        return is_well and all(one.is_good for one in self.tallies) and not is_wrong


def written(ended: Ended, how: str) -> str:
    """Return the section of the report on a database."""
    lines = [how, "", "| | Sent | Acknowledged | Found | Lost | Doubled |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {one.kind} | {one.sent} | {one.acknowledged} | {one.found} | {len(one.lost)} | {len(one.doubled)} |"
        for one in ended.tallies
    ]
    lines += [
        "",
        "| Fault | Seconds until well again | Acknowledged while it lasted | Started again |",
        "|---|---|---|---|",
    ]
    for fault in ended.faults:
        seconds = "never" if fault.seconds is None else f"{fault.seconds:.1f}"
        lines.append(f"| {fault.name} | {seconds} | {fault.meanwhile} | {', '.join(fault.restarted) or '—'} |")
    lines += ["", "Well again: a page is read, payments are acknowledged, and a mail has left.", ""]
    lines += [f"- Not tried: {name}. {reason}" for name, reason in ended.left_out.items()]
    lines.append(f"- The ledger's check: {'good' if not ended.ledger else ended.ledger.strip()}")
    lines.append(
        f"- Mails written: {ended.mails}; left: {ended.mails_left}, of which {ended.mails_held} only once the lease of a worker that was "
        f"killed had ended; still waiting then: {ended.mails_stuck}; said to have left and not received: {ended.mails_lost}; received "
        f"again under the same Message-ID: {ended.mails_again}"
    )
    for kind in sorted({kind for kind, _status in ended.answers}):
        counted = sorted((str(status or "none"), times) for (of, status), times in ended.answers.items() if of == kind)
        lines.append(f"- Answers, {kind}: " + ", ".join(f"{status} × {times}" for status, times in counted))
    return "\n".join(lines)
