"""Writes entries: the one door into the ledger."""

import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Refused
from sponsorships.accounting.closed_years import refuse_closed
from sponsorships.accounting.hash_chain import START, content_of, hash_of
from sponsorships.accounting.kept_sums import count
from sponsorships.enums import Contribution, EntryKind
from sponsorships.models import Agreement, Instalment, LedgerEntry, LedgerHead, Sponsorship


@dataclass(frozen=True)
class Line:
    """What an entry will say. The amount is in euros net of VAT; below zero it is a reversal."""

    kind: EntryKind
    amount: Decimal
    contribution: Contribution = Contribution.CASH
    activity_id: int | None = None
    agreement: Agreement | None = None
    instalment: Instalment | None = None
    reverses: LedgerEntry | None = None
    reference: str = ""
    method: str = ""
    vat_rate: Decimal | None = None
    vat: Decimal | None = None
    # Where it counts from another day than the rest of the act.
    on: datetime.date | None = None


@transaction.atomic
def post(
    sponsorship: Sponsorship,
    lines: list[Line],
    *,
    on: datetime.date | None = None,
    at: datetime.datetime | None = None,
    token: uuid.UUID | None = None,
) -> list[LedgerEntry]:
    """Append the lines to the sponsorship's chain, to count from a day on (today by default).

    `token` identifies the submitted form. Raise Refused if it has been recorded before: a second click, a second tab,
    the back button. Raise it too where a cluster has closed the year of a day.
    """
    Sponsorship.objects.select_for_update().get(pk=sponsorship.pk)
    if is_recorded(token):
        raise Refused([_("This has already been recorded: nothing was recorded twice.")])
    act, at = token or uuid.uuid4(), at or timezone.now()
    on = on or timezone.localdate(at)
    head = LedgerHead.objects.filter(sponsorship=sponsorship).first()
    head = head or LedgerHead(sponsorship=sponsorship, position=0, hash=START)
    entries = []
    for number, line in enumerate(line for line in lines if line.amount):
        entries.append(_append(line, head, effective_on=line.on or on, recorded_at=at, act=act, line=number))
    if entries:
        # After they are written: a year that somebody closes meanwhile waits for them, or is seen here.
        refuse_closed(sponsorship, {entry.effective_on for entry in entries}, act=act, at=at)
        head.save()
        # Figures are right without it, and quicker with it.
        transaction.on_commit(count, robust=True)
    return entries


def _append(line: Line, head: LedgerHead, /, **said: Any) -> LedgerEntry:
    """Write a line after the chain's last entry, and make it the last; the caller saves the head."""
    said |= {name: value for name, value in vars(line).items() if name != "on"}
    entry = LedgerEntry(sponsorship=head.sponsorship, position=head.position + 1, previous_hash=head.hash, **said)
    entry.hash = hash_of(content_of(entry), head.hash)
    entry.save(force_insert=True)
    head.position, head.hash = entry.position, entry.hash
    return entry


def is_recorded(token: uuid.UUID | None) -> bool:
    """Return whether the form with this token has been recorded."""
    return token is not None and LedgerEntry.objects.filter(act=token).exists()
