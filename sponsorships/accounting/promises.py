"""What a sponsorship promises, posted whenever its status or its agreements change.

The three figures before any payment (asked, pending, agreed) follow from the sponsorship's status and its agreements.
`restate` computes what they should be and posts the difference. So the ledger keeps every step, and the rule is written
once.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils import timezone

from sponsorships.accounting.posting import Line, post
from sponsorships.accounting.signed_before import restated_afterwards, to_restate
from sponsorships.accounting.sums import ZERO, total
from sponsorships.enums import (
    AGREED_STATUSES,
    PENDING_STATUSES,
    AgreementPath,
    AgreementStatus,
    Contribution,
    EntryKind,
    SponsorshipStatus,
)
from sponsorships.models import Agreement, LedgerEntry, Sponsorship

S = SponsorshipStatus
CONTRIBUTIONS = tuple(Contribution.values)
PROMISES = (EntryKind.ASKED, EntryKind.PENDING, EntryKind.AGREED)
# In these statuses the fields may differ from the proposal as last sent.
PERHAPS_REWRITTEN = (S.CHANGES_REQUESTED, S.DECLINED, S.WITHDRAWN)

Key = tuple[str, str, int | None]  # kind, contribution, key of the activity


@contextmanager
def promised_from(day: datetime.date) -> Iterator[None]:
    """Run several verbs of a sponsorship and post its promises once, at the end, as counting from a day.

    For a contract signed before this site was used: its entry must not look as if it was asked, pending and agreed that
    day. Use it within the transaction of those verbs.
    """
    waiting: dict[int, Sponsorship] = {}
    with restated_afterwards(waiting):
        yield
    for sponsorship in waiting.values():
        current = Sponsorship.objects.get(pk=sponsorship.pk)
        restate(current, on=day, agreement=current.agreements.in_force().order_by("-number").first())


def running_since(sponsorship: Sponsorship) -> datetime.date | None:
    """Return the day since which a contract being entered has been running; None for any other sponsorship.

    Such a contract is recognised by its draft agreement, which exists before the proposal is accepted.
    """
    drafted = sponsorship.agreements.filter(status=AgreementStatus.DRAFT, path=AgreementPath.ELSEWHERE, number=1)
    accepted = sponsorship.accepted_at or timezone.now()
    entered = drafted.filter(created_at__lt=accepted).values_list("effective_on", flat=True).first()
    return min(entered, timezone.localdate()) if entered else None


def restate(
    sponsorship: Sponsorship,
    *,
    on: datetime.date | None = None,
    at: datetime.datetime | None = None,
    token: uuid.UUID | None = None,
    agreement: Agreement | None = None,
) -> list[LedgerEntry]:
    """Post what makes the ledger's promises match the sponsorship from a day on. Return the entries.

    If `on` is given, promises announced for later days are cancelled.
    """
    if (waiting := to_restate()) is not None:
        waiting[sponsorship.pk] = sponsorship
        return []
    day = _forward(sponsorship, on, timezone.localdate(at))
    missing = differences(sponsorship)
    if on is not None:
        missing = dict.fromkeys(_announced(sponsorship, day), ZERO) | missing
    lines = [line for key, amount in missing.items() for line in _steps(sponsorship, key, amount, day, agreement)]
    return post(sponsorship, lines, on=day, at=at, token=token) if lines else []


def _forward(sponsorship: Sponsorship, on: datetime.date | None, today: datetime.date) -> datetime.date:
    """Return the day, or that of the last promise if later: promised figures of past days never change."""
    last = sponsorship.entries.filter(kind__in=PROMISES).on(today).order_by("-effective_on").first()
    return max(on or today, last.effective_on) if last else on or today


def _announced(sponsorship: Sponsorship, day: datetime.date) -> list[Key]:
    """Return the keys of promises with entries after a day: an early end may keep their sum but not their day."""
    later = sponsorship.entries.filter(kind__in=PROMISES, effective_on__gt=day).order_by()
    return list(later.values_list("kind", "contribution", "activity").distinct())


def _steps(
    sponsorship: Sponsorship, key: Key, amount: Decimal, day: datetime.date, agreement: Agreement | None
) -> list[Line]:
    """Return the lines that bring one promise to its amount, from a day on and on every later day.

    An amendment may have posted a step for a later date. That step is reversed on its own date, so that the promise is
    right on every date.
    """
    kind, contribution, activity = EntryKind(key[0]), Contribution(key[1]), key[2]
    entries = sponsorship.entries.filter(kind=kind, contribution=contribution, activity=activity)
    later = entries.filter(effective_on__gt=day).order_by("effective_on").values("effective_on").annotate(sum=total())
    announced = {row["effective_on"]: -row["sum"] for row in later}
    steps = {day: amount - sum(announced.values())} | announced
    return [Line(kind, step, contribution, activity, agreement, on=since) for since, step in steps.items()]


class Account(Protocol):
    """The data, besides its row, from which a sponsorship's promises follow: queried for one, or read in bulk for all."""

    def recorded(self) -> dict[Key, Decimal]:
        """Return the promises in the ledger by key, including entries that count later."""

    def agreement(self) -> Agreement | None:
        """Return the last agreement in force, or None."""

    def kept_at_the_end(self) -> dict[str, Decimal]:
        """Return what stays agreed after an early end, by contribution: cash invoiced, and what was received in kind and skills."""


@dataclass(frozen=True)
class AccountOfOne:
    """The account of one sponsorship, read by queries."""

    sponsorship: Sponsorship

    def recorded(self) -> dict[Key, Decimal]:
        entries = self.sponsorship.entries.filter(kind__in=PROMISES).order_by()
        rows = entries.values("kind", "contribution", "activity").annotate(total=total())
        return {(row["kind"], row["contribution"], row["activity"]): row["total"] for row in rows}

    def agreement(self) -> Agreement | None:
        found: Agreement | None = self.sponsorship.agreements.in_force().order_by("-number").first()
        return found

    def kept_at_the_end(self) -> dict[str, Decimal]:
        received = self.sponsorship.entries.filter(kind=EntryKind.RECEIVED)
        kept = {Contribution.CASH.value: self.sponsorship.instalments.standing().total()}
        for contribution in (Contribution.IN_KIND, Contribution.SKILLS):
            kept[contribution.value] = received.total(EntryKind.RECEIVED, contribution=contribution)
        return kept


def differences(sponsorship: Sponsorship, account: Account | None = None) -> dict[Key, Decimal]:
    """Return the amounts to post, by key, so that the ledger matches what the sponsorship promises; empty if it does."""
    account = account or AccountOfOne(sponsorship)
    wanted, posted = promised(sponsorship, account), account.recorded()
    found = {key: wanted.get(key, ZERO) - posted.get(key, ZERO) for key in sorted({*wanted, *posted}, key=str)}
    return {key: amount for key, amount in found.items() if amount}


def promised(sponsorship: Sponsorship, account: Account) -> dict[Key, Decimal]:
    """Return the promises that the ledger should contain, by key."""
    wanted: dict[Key, Decimal] = defaultdict(lambda: ZERO)
    offered = {name: getattr(sponsorship, f"{name}_amount") or ZERO for name in CONTRIBUTIONS}
    for (contribution, activity), amount in _asked(sponsorship, account, offered).items():
        _add(wanted, EntryKind.ASKED, {contribution: amount}, activity)
        if sponsorship.status in PENDING_STATUSES:
            _add(wanted, EntryKind.PENDING, {contribution: amount}, activity)
    agreement = account.agreement()
    if sponsorship.status == S.TERMINATED:
        _add(wanted, EntryKind.AGREED, account.kept_at_the_end(), agreement.activity_id if agreement else None)
    elif sponsorship.status in AGREED_STATUSES and agreement is not None:
        amounts = {name: getattr(agreement, f"{name}_amount") for name in CONTRIBUTIONS}
        _add(wanted, EntryKind.AGREED, amounts, agreement.activity_id)
    elif sponsorship.status in AGREED_STATUSES:
        # Without an agreement yet, the offered amounts count as agreed.
        _add(wanted, EntryKind.AGREED, offered, sponsorship.activity_id)
    return dict(wanted)


def _asked(
    sponsorship: Sponsorship, account: Account, offered: dict[str, Decimal]
) -> dict[tuple[str, int | None], Decimal]:
    """Return the amounts asked in the proposal as last sent, by contribution and activity."""
    if sponsorship.submitted_at is None:
        return {}
    # While changes are requested, figures do not follow the partner's edits until the proposal is sent again.
    posted = account.recorded() if sponsorship.status in PERHAPS_REWRITTEN else {}
    asked = {
        (contribution, activity): amount
        for (kind, contribution, activity), amount in posted.items()
        if kind == EntryKind.ASKED
    }
    return asked or {(contribution, sponsorship.activity_id): amount for contribution, amount in offered.items()}


def _add(wanted: dict[Key, Decimal], kind: EntryKind, amounts: dict[str, Decimal], activity: int | None) -> None:
    for contribution, amount in amounts.items():
        if amount:
            wanted[kind.value, contribution, activity] += amount
