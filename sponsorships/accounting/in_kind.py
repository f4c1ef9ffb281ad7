"""Contributions received in kind or skills: entries with an amount and a valuation method, apart from cash."""

import datetime
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.money import CENT
from sponsorships.accounting.figures import now_and_later
from sponsorships.accounting.posting import Line, is_recorded, post
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import Contribution, EntryKind, SponsorshipStatus, ValuationMethod
from sponsorships.models import LedgerEntry, Sponsorship
from sponsorships.perms import COLLECTING, can_keep_accounts


def why_not_record(sponsorship: Sponsorship, by: User) -> list[str]:
    """Return every reason why this person cannot record a contribution in kind now."""
    if not can_keep_accounts(sponsorship, by):
        return [str(COLLECTING)]
    if sponsorship.status == SponsorshipStatus.ACTIVE:
        return []
    return [
        _("The sponsorship is “%(status)s”: this needs an active one.") % {"status": sponsorship.get_status_display()}
    ]


def beyond_agreed(sponsorship: Sponsorship, contribution: Contribution, more: Decimal = ZERO) -> Decimal:
    """Return by how many euros what was received, plus `more`, exceeds what is agreed; zero if it does not."""
    return excess(now_and_later(sponsorship.entries.all())[0], contribution, more)


def excess(now: Mapping[tuple[Any, ...], Decimal], contribution: Contribution, more: Decimal = ZERO) -> Decimal:
    """Return the same from `now`, today's sums by kind and contribution."""
    received, agreed = (now.get((kind, contribution), ZERO) for kind in (EntryKind.RECEIVED, EntryKind.AGREED))
    return max(received + more - agreed, ZERO)


@transaction.atomic
def record(
    sponsorship: Sponsorship,
    *,
    by: User,
    contribution: Contribution,
    amount: Decimal,
    method: ValuationMethod,
    note: str,
    on: datetime.date | None = None,
    at: datetime.datetime | None = None,
    token: uuid.UUID | None = None,
) -> LedgerEntry:
    """Record a contribution in kind or skills; the note says what it was. Raise Refused with the reasons."""
    current = sponsorship.locked()
    reasons = why_not_record(current, by)
    if amount < CENT or amount != amount.quantize(CENT):
        reasons.append(_("Enter an amount of at least one cent, in euros and cents."))
    if contribution == Contribution.CASH:
        reasons.append(_("Cash is recorded on its instalment."))
    if not note.strip():
        reasons.append(_("Say what was given: it stays on the record."))
    if on is not None and on > timezone.localdate(at):
        reasons.append(_("This date is in the future: record it when it has happened."))
    twins = current.entries.filter(kind=EntryKind.RECEIVED, reverses=None, reversed_by=None, method=method)
    if (
        not is_recorded(token)
        and twins.filter(contribution=contribution, amount=amount, effective_on=on or timezone.localdate(at)).exists()
    ):
        reasons.append(
            _("The same contribution is already recorded for this date. If it came twice, record the two as one sum.")
        )
    if reasons:
        raise Refused(reasons)
    agreement = current.agreements.in_force().order_by("-number").first()
    activity = agreement.activity_id if agreement else current.activity_id
    line = Line(EntryKind.RECEIVED, amount, contribution, activity, agreement, method=method)
    entry = post(current, [line], on=on, at=at, token=token)[0]
    current.log("record_in_kind", by=by, note=note, at=at)
    return entry


@transaction.atomic
def reverse(entry: LedgerEntry, *, by: User, note: str, token: uuid.UUID | None = None) -> LedgerEntry:
    """Reverse an entry recorded by mistake, with the reason in the note. Raise Refused with the reasons."""
    current = entry.sponsorship.locked()
    reasons = why_not_record(current, by)
    if not note.strip():
        reasons.append(_("Say why: it stays on the record."))
    if entry.kind != EntryKind.RECEIVED or entry.contribution == Contribution.CASH or entry.reverses_id:
        reasons.append(_("Only an entry for a contribution in kind or skills is reversed here."))
    if LedgerEntry.objects.filter(reverses=entry).exists():
        reasons.append(_("This entry is already reversed."))
    if reasons:
        raise Refused(reasons)
    line = Line(
        EntryKind(entry.kind),
        -entry.amount,
        Contribution(entry.contribution),
        entry.activity_id,
        entry.agreement,
        reverses=entry,
        method=entry.method,
    )
    # Not before the entry's own day: the account is never negative on any date.
    reversal = post(current, [line], on=max(entry.effective_on, timezone.localdate()), token=token)[0]
    current.log("reverse_in_kind", by=by, note=note)
    return reversal
