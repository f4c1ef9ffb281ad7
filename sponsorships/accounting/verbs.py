"""The verbs of an instalment, from its plan to its payment. docs/permissions.md has the table of who may run them, docs/money.md the entries.

In all of them, `on` is the day from which the entries count (default today); `token` is the form's, so that two clicks
count once; `amount` is the sum on the bank statement in euros, including VAT at `vat_rate` if that is given.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.verbs import NOW, lock_row, verb
from sponsorships import perms
from sponsorships.accounting import ledger_lines
from sponsorships.accounting.conditions import (
    collecting_obstacles,
    credit_obstacles,
    due_obstacles,
    invoicing_obstacles,
    refund_obstacles,
    reversal_obstacles,
)
from sponsorships.accounting.ledger_lines import day_of, post_lines
from sponsorships.accounting.notifications import TOLD_OF, tell_of
from sponsorships.enums import InstalmentStatus as S
from sponsorships.models import Instalment, Sponsorship


def _lock_with_sponsorship(instalment: Instalment) -> Instalment:
    """Lock the sponsorship, then the instalment, in the same order as an agreement's verbs: every verb writes in the ledger."""
    Sponsorship.objects.select_for_update().get(pk=instalment.sponsorship_id)
    return lock_row(instalment)


@verb(
    Instalment,
    from_=S.PLANNED,
    to=S.DUE,
    label=_("Mark as due"),
    done=_("fell due"),
    stamps="due_at",
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[due_obstacles],
    locks=_lock_with_sponsorship,
)
def fall_due(instalment: Instalment, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Mark the instalment as due: its conditions are met, and it can be invoiced."""


@verb(
    Instalment,
    from_=S.DUE,
    to=S.INVOICED,
    label=_("Record the invoice or call"),
    done=_("invoiced or called"),
    stamps="invoiced_at",
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[invoicing_obstacles],
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["invoice"],
)
def invoice(
    instalment: Instalment,
    *,
    by: User | None,
    number: str,
    payable_on: date | None = None,
    purchase_order: str = "",
    is_same_number: bool = False,
    vat_rate: Decimal | None = None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Record what the managing institution sent: an invoice in a partnership, a call in a gift."""
    day = day_of(instalment, on, at)
    ledger_lines.keep_invoice(instalment, number, day, payable_on, purchase_order, is_same_number=is_same_number)
    post_lines(instalment, ledger_lines.invoiced(instalment, vat_rate), on=day, at=at, token=token)
    tell_of(invoice, instalment, by=by, note=note)


@verb(
    Instalment,
    from_=S.INVOICED,
    to=S.INVOICED,
    label=_("Record a partial payment"),
    done=_("paid in part"),
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[collecting_obstacles],
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["receive_part"],
)
def receive_part(
    instalment: Instalment,
    *,
    by: User | None,
    amount: Decimal,
    reference: str,
    vat_rate: Decimal | None = None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Record a payment that leaves something outstanding."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.part_payment(instalment, amount, reference, vat_rate)
    post_lines(instalment, lines, on=day, at=at, token=token)
    tell_of(receive_part, instalment, by=by, note=note, amount=amount)


@verb(
    Instalment,
    from_=S.INVOICED,
    to=S.RECEIVED,
    label=_("Record the payment"),
    done=_("received"),
    stamps="received_at",
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[collecting_obstacles],
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["receive"],
)
def receive(
    instalment: Instalment,
    *,
    by: User | None,
    amount: Decimal,
    reference: str,
    vat_rate: Decimal | None = None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Record the payment of all that is outstanding; an excess is a separate entry."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.whole_payment(instalment, amount, reference, vat_rate)
    post_lines(instalment, lines, on=day, at=at, token=token)
    tell_of(receive, instalment, by=by, note=note, amount=amount)


@verb(
    Instalment,
    from_=S.RECEIVED,
    to=S.RECEIVED,
    label=_("Record an overpayment"),
    done=_("overpaid"),
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[collecting_obstacles],
    locks=_lock_with_sponsorship,
)
def overpay(
    instalment: Instalment,
    *,
    by: User | None,
    amount: Decimal,
    reference: str,
    vat_rate: Decimal | None = None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Record a payment that arrived although nothing was outstanding."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.overpayment(instalment, amount, reference, vat_rate)
    post_lines(instalment, lines, on=day, at=at, token=token)


@verb(
    Instalment,
    from_=S.RECEIVED,
    to=S.RECEIVED,
    label=_("Record a refund"),
    done=_("refunded"),
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[refund_obstacles],
    needs_note=True,
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["refund"],
)
def refund(
    instalment: Instalment,
    *,
    by: User | None,
    amount: Decimal,
    reference: str,
    vat_rate: Decimal | None = None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Record that an overpayment was refunded."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.refund(instalment, amount, reference, vat_rate)
    post_lines(instalment, lines, on=day, at=at, token=token)
    tell_of(refund, instalment, by=by, note=note, amount=amount)


@verb(
    Instalment,
    from_=[S.INVOICED, S.RECEIVED],
    to=S.INVOICED,
    label=_("Reverse a payment"),
    done=_("payment reversed"),
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[reversal_obstacles],
    needs_note=True,
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["reverse_payment"],
)
def reverse_payment(
    instalment: Instalment,
    *,
    by: User | None,
    entry: int,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Reverse a payment that was recorded by mistake or returned by the bank."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.reversed_payment(instalment, entry)
    post_lines(instalment, lines, on=day, at=at, token=token)
    tell_of(reverse_payment, instalment, by=by, note=note, amount=-lines[0].amount)


@verb(
    Instalment,
    from_=S.INVOICED,
    to=S.DUE,
    label=_("Cancel the invoice or call"),
    done=_("invoice or call cancelled"),
    stamps="due_at",
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[credit_obstacles],
    needs_note=True,
    locks=_lock_with_sponsorship,
    tells=TOLD_OF["cancel_invoice"],
)
def cancel_invoice(
    instalment: Instalment,
    *,
    by: User | None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Record a credit note for the invoice or call: the instalment can be invoiced again."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.cancelled_invoice(instalment)
    post_lines(instalment, lines, on=day, at=at, token=token)
    tell_of(cancel_invoice, instalment, by=by, note=note)


@verb(
    Instalment,
    from_=S.INVOICED,
    to=S.WRITTEN_OFF,
    label=_("Write off"),
    done=_("written off"),
    stamps="written_off_at",
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[collecting_obstacles],
    needs_note=True,
    locks=_lock_with_sponsorship,
)
def write_off(
    instalment: Instalment,
    *,
    by: User | None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Write off what is outstanding, with the reason in the note."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.written_off(instalment)
    post_lines(instalment, lines, on=day, at=at, token=token)


@verb(
    Instalment,
    from_=S.WRITTEN_OFF,
    to=S.INVOICED,
    label=_("Reverse the write-off"),
    done=_("write-off reversed"),
    stamps="invoiced_at",
    may=perms.can_collect,
    who=perms.COLLECTING,
    unless=[collecting_obstacles],
    needs_note=True,
    locks=_lock_with_sponsorship,
)
def undo_write_off(
    instalment: Instalment,
    *,
    by: User | None,
    on: date | None = None,
    token: UUID | None = None,
    note: str = "",
    at: datetime = NOW,
) -> None:
    """Undo the write-off: the money is expected again."""
    day = day_of(instalment, on, at)
    lines = ledger_lines.write_off_taken_back(instalment)
    post_lines(instalment, lines, on=day, at=at, token=token)
