"""The ledger of invented sponsorships: the entries that verbs would have posted, in the same hash chains."""

import datetime
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from demo.generation.surroundings import moment
from sponsorships.accounting.hash_chain import START, content_of, hash_of
from sponsorships.accounting.vat import default_rate, vat_on
from sponsorships.enums import (
    AGREED_STATUSES,
    Contribution,
    EntryKind,
    InstalmentStatus,
    Regime,
    SponsorshipStatus,
    ValuationMethod,
)
from sponsorships.models import Agreement, Instalment, LedgerEntry, LedgerHead, Sponsorship

S = SponsorshipStatus
PAID_AFTER = datetime.timedelta(days=30)
# Statuses that follow a review.
REVIEWED_STATUSES = (S.IN_REVIEW, S.DECLINED, *AGREED_STATUSES)


@dataclass
class Account:
    """A sponsorship with its agreement and instalments, and its chain of entries so far."""

    sponsorship: Sponsorship
    agreement: Agreement | None = None
    instalments: list[Instalment] = field(default_factory=list)
    entries: list[LedgerEntry] = field(default_factory=list)

    def add(self, act: uuid.UUID, on: datetime.date, kind: EntryKind, amount: Decimal, **said: Any) -> None:
        previous = self.entries[-1].hash if self.entries else START
        line = self.entries[-1].line + 1 if self.entries and self.entries[-1].act == act else 0
        entry = LedgerEntry(
            sponsorship=self.sponsorship,
            position=len(self.entries) + 1,
            kind=kind,
            amount=amount,
            effective_on=on,
            recorded_at=moment(on),
            act=act,
            line=line,
            activity_id=self.sponsorship.activity_id,
            previous_hash=previous,
            **said,
        )
        entry.hash = hash_of(content_of(entry), previous)
        self.entries.append(entry)

    def head(self) -> LedgerHead:
        return LedgerHead(sponsorship=self.sponsorship, position=len(self.entries), hash=self.entries[-1].hash)


def post(accounts: list[Account], new_act) -> None:
    """Save the entries of these sponsorships; `new_act` returns the UUID of a new act."""
    for account in accounts:
        if account.sponsorship.submitted_at is not None:
            _promise(account, new_act)
            _collect(account, new_act)
    written = [account for account in accounts if account.entries]
    LedgerEntry.objects.bulk_create(entry for account in written for entry in account.entries)
    LedgerHead.objects.bulk_create(account.head() for account in written)


def _promise(account: Account, new_act) -> None:
    """Add the entries for what was asked, pending and agreed, each from the day of its verb."""
    sponsorship = account.sponsorship
    _offer(account, new_act(), sponsorship.submitted_at.date(), EntryKind.ASKED)
    if sponsorship.status not in REVIEWED_STATUSES:
        return
    _offer(account, new_act(), sponsorship.review_started_at.date(), EntryKind.PENDING)
    if sponsorship.status == S.IN_REVIEW:
        return
    act, on = new_act(), (sponsorship.accepted_at or sponsorship.declined_at).date()
    if sponsorship.status in AGREED_STATUSES:
        _offer(account, act, on, EntryKind.AGREED)
    _offer(account, act, on, EntryKind.PENDING, sign=-1)


def _offer(account: Account, act: uuid.UUID, on: datetime.date, kind: EntryKind, sign: int = 1) -> None:
    for contribution in Contribution:
        amount = getattr(account.sponsorship, f"{contribution}_amount")
        if amount:
            account.add(act, on, kind, sign * amount, contribution=contribution)


def _collect(account: Account, new_act) -> None:
    """Add the entries for what was invoiced and received."""
    sponsorship, papers = account.sponsorship, {"agreement": account.agreement}
    if account.agreement is not None and sponsorship.in_kind_amount:
        given = {"contribution": Contribution.IN_KIND, "method": ValuationMethod.COST}
        account.add(new_act(), account.agreement.effective_on, EntryKind.RECEIVED, sponsorship.in_kind_amount, **given)
    for instalment in account.instalments:
        if instalment.invoiced_on is None:
            continue
        said = papers | {"instalment": instalment} | _tax(sponsorship, instalment.amount)
        number, on = instalment.invoice_number, instalment.invoiced_on
        account.add(new_act(), on, EntryKind.INVOICED, instalment.amount, reference=number, **said)
        if instalment.status == InstalmentStatus.RECEIVED:
            day = on + PAID_AFTER
            account.add(new_act(), day, EntryKind.RECEIVED, instalment.amount, reference=f"VIR {number}", **said)


def _tax(sponsorship: Sponsorship, net: Decimal) -> dict[str, Decimal]:
    """Return the VAT fields of an invoice; empty for a gift."""
    if sponsorship.regime == Regime.PATRONAGE:
        return {}
    rate = default_rate(sponsorship.regime)
    return {"vat_rate": rate, "vat": vat_on(net, rate)}
