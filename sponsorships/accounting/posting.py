"""Post entries to the ledger: all writes go through this module."""

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
    """An entry to post. The amount is in euros net of VAT; a reversal is negative."""

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
    # The day from which this line counts, if not that of the whole act.
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
    """Append the lines to the sponsorship's chain, to count from a day (default today). Return the entries.

    `token` identifies the submitted form. Raise Refused if it was recorded before (a second click, a second tab, the
    back button), or if a cluster has closed the year of a line.
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
        # Checked after the inserts: closing a year meanwhile either waits for them, or is seen here.
        refuse_closed(sponsorship, {entry.effective_on for entry in entries}, act=act, at=at)
        head.save()
        # Figures are right without this recount, but faster with it.
        transaction.on_commit(count, robust=True)
    return entries


def _append(line: Line, head: LedgerHead, /, **said: Any) -> LedgerEntry:
    """Insert a line as the next entry of the chain and update the head, which the caller saves."""
    said |= {name: value for name, value in vars(line).items() if name != "on"}
    entry = LedgerEntry(sponsorship=head.sponsorship, position=head.position + 1, previous_hash=head.hash, **said)
    entry.hash = hash_of(content_of(entry), head.hash)
    entry.save(force_insert=True)
    head.position, head.hash = entry.position, entry.hash
    return entry


def is_recorded(token: uuid.UUID | None) -> bool:
    """Return whether the form with this token was already recorded."""
    return token is not None and LedgerEntry.objects.filter(act=token).exists()
