"""Build the ledger lines of an instalment's verbs. Each function raises Refused with a sentence for invalid values."""

import datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.exceptions import Refused
from core.money import CENT, euros, percent
from sponsorships.accounting.conditions import outstanding, overpaid, reversible
from sponsorships.accounting.invoice_numbers import refuse_number_twice
from sponsorships.accounting.posting import Line, is_recorded, post
from sponsorships.accounting.vat import RATES, Taxed, due_part, from_bank, rates_for, to_bank, vat_on
from sponsorships.enums import EntryKind, Regime
from sponsorships.models import Instalment, LedgerEntry

# The columns' lengths: PostgreSQL rejects a longer value with an error instead of a sentence.
MAX_NUMBER_LENGTH = cast(int, Instalment._meta.get_field("invoice_number").max_length)
MAX_REFERENCE_LENGTH = cast(int, LedgerEntry._meta.get_field("reference").max_length)


def post_lines(
    instalment: Instalment, lines: list[Line], *, on: datetime.date, at: datetime.datetime, token: UUID | None
) -> None:
    """Post the lines, to count from `on`. Raise Refused if the same payment is recorded already."""
    if not is_recorded(token):  # if it is, `post` raises Refused
        _refuse_twins(instalment, lines, on)
    post(instalment.sponsorship, lines, on=on, at=at, token=token)


def keep_invoice(
    instalment: Instalment,
    number: str,
    on: datetime.date,
    payable_on: datetime.date | None,
    purchase_order: str,
    *,
    is_same_number: bool,
) -> None:
    """Store the invoice or call on the instalment.

    Raise Refused for a duplicate number, unless `is_same_number` is True.
    """
    number = " ".join(number.split())
    if not number:
        raise Refused([_("Enter the number of the invoice or call.")])
    if len(number) > MAX_NUMBER_LENGTH:
        raise Refused(
            [_("The number of the invoice or call is longer than %(most)d characters.") % {"most": MAX_NUMBER_LENGTH}]
        )
    if payable_on is not None and payable_on < on:
        raise Refused([_("It would be payable before it is sent.")])
    if not is_same_number:
        refuse_number_twice(instalment, number)
    instalment.invoice_number, instalment.invoiced_on, instalment.payable_on = number, on, payable_on
    instalment.purchase_order = purchase_order.strip()


def invoiced(instalment: Instalment, vat_rate: Decimal | None) -> list[Line]:
    rate = _rate(instalment, vat_rate)
    asked = Taxed(instalment.amount, rate, None if rate is None else vat_on(instalment.amount, rate))
    return [_line(instalment, EntryKind.INVOICED, asked, reference=instalment.invoice_number)]


def part_payment(instalment: Instalment, amount: Decimal, reference: str, vat_rate: Decimal | None) -> list[Line]:
    paid, left = _paid(instalment, amount, vat_rate), outstanding(instalment)
    if paid.net >= left:
        raise Refused(
            [
                _("%(left)s is outstanding: this settles it. Record it as a full payment.")
                % {"left": _as_invoiced(instalment, left, paid.rate)}
            ]
        )
    return [_line(instalment, EntryKind.RECEIVED, paid, reference=_checked(reference))]


def whole_payment(instalment: Instalment, amount: Decimal, reference: str, vat_rate: Decimal | None) -> list[Line]:
    paid, left = _paid(instalment, amount, vat_rate), outstanding(instalment)
    if paid.net < left:
        raise Refused(
            [
                _("%(left)s is outstanding: this is less. Record it as a partial payment.")
                % {"left": _as_invoiced(instalment, left, paid.rate)}
            ]
        )
    reference, due = _checked(reference), due_part(instalment, paid, left)
    return [
        _line(instalment, EntryKind.RECEIVED, due, reference=reference),
        _line(instalment, EntryKind.OVERPAID, paid.rest(due), reference=reference),
    ]


def overpayment(instalment: Instalment, amount: Decimal, reference: str, vat_rate: Decimal | None) -> list[Line]:
    return [_line(instalment, EntryKind.OVERPAID, _paid(instalment, amount, vat_rate), reference=_checked(reference))]


def refund(instalment: Instalment, amount: Decimal, reference: str, vat_rate: Decimal | None) -> list[Line]:
    given_back, most = _paid(instalment, amount, vat_rate, sign=-1), overpaid(instalment)
    if -given_back.net > most:
        raise Refused([_("The overpayment is only %(most)s.") % {"most": euros(most)}])
    return [_line(instalment, EntryKind.OVERPAID, given_back, reference=_checked(reference))]


def reversed_payment(instalment: Instalment, entry_id: int | None) -> list[Line]:
    entry = None if entry_id is None else reversible(instalment).filter(pk=entry_id).first()
    if entry is None:
        raise Refused([_("Choose the payment to reverse. It may have been reversed a moment ago.")])
    beyond = LedgerEntry.objects.filter(act=entry.act, kind=EntryKind.OVERPAID, instalment=instalment, reversed_by=None)
    taken_back = [entry, *beyond.filter(reverses=None)]
    if sum(one.amount for one in taken_back[1:]) > overpaid(instalment):
        raise Refused([_("The overpayment has been refunded: this payment can no longer be reversed.")])
    return [_reversal(one) for one in taken_back]


def cancelled_invoice(instalment: Instalment) -> list[Line]:
    return [_reversal(_last(instalment, EntryKind.INVOICED))]


def written_off(instalment: Instalment) -> list[Line]:
    return [_line(instalment, EntryKind.WRITTEN_OFF, Taxed(outstanding(instalment)))]


def write_off_taken_back(instalment: Instalment) -> list[Line]:
    return [_reversal(_last(instalment, EntryKind.WRITTEN_OFF))]


def _line(instalment: Instalment, kind: EntryKind, amount: Taxed, reference: str = "") -> Line:
    agreement = instalment.agreement
    return Line(
        kind,
        amount.net,
        activity_id=agreement.activity_id,
        agreement=agreement,
        instalment=instalment,
        reference=reference,
        vat_rate=amount.rate,
        vat=amount.vat,
    )


def _reversal(entry: LedgerEntry) -> Line:
    return Line(
        EntryKind(entry.kind),
        -entry.amount,
        activity_id=entry.activity_id,
        agreement=entry.agreement,
        instalment=entry.instalment,
        reverses=entry,
        reference=entry.reference,
        vat_rate=entry.vat_rate,
        vat=None if entry.vat is None else -entry.vat,
    )


def _last(instalment: Instalment, kind: EntryKind) -> LedgerEntry:
    """Return the instalment's entry of this kind that is not reversed; its status implies that there is one."""
    return instalment.entries.filter(kind=kind, amount__gt=0, reverses=None, reversed_by=None).latest("position")


def _paid(instalment: Instalment, amount: Decimal, vat_rate: Decimal | None, sign: int = 1) -> Taxed:
    """Return the net amount and VAT of an amount from the bank statement."""
    return from_bank(instalment, sign * _in_cents(amount), _rate(instalment, vat_rate))


def _as_invoiced(instalment: Instalment, left: Decimal, rate: Decimal | None) -> str:
    """Return the outstanding amount in words, with VAT if a rate is given."""
    if not rate:
        return euros(left)
    said = {"gross": euros(to_bank(instalment, left, rate)), "net": euros(left)}
    return _("%(gross)s with VAT (%(net)s net)") % said


def _rate(instalment: Instalment, rate: Decimal | None) -> Decimal | None:
    """Return the VAT rate if it is allowed; None means no VAT is stated and the amount is net.

    Raise Refused otherwise.
    """
    if rate is None:
        return None
    if rate not in rates_for(instalment.sponsorship.regime):
        if instalment.sponsorship.regime == Regime.PATRONAGE:
            raise Refused([_("A gift has no VAT.")])
        raise Refused([_("Choose one of these rates: %(rates)s.") % {"rates": ", ".join(map(percent, RATES))}])
    return rate


def _in_cents(amount: Decimal) -> Decimal:
    if amount < CENT or amount != amount.quantize(CENT):
        raise Refused([_("Enter an amount of at least one cent, in euros and cents.")])
    return amount


def _refuse_twins(instalment: Instalment, lines: list[Line], on: datetime.date) -> None:
    """Raise Refused for a payment with the day, reference and amount of an earlier one: it was entered twice."""
    standing = instalment.entries.filter(reverses=None, reversed_by=None, effective_on=on)
    for line in lines:
        is_payment = line.kind in (EntryKind.RECEIVED, EntryKind.OVERPAID) and line.reverses is None
        if is_payment and standing.filter(kind=line.kind, amount=line.amount, reference=line.reference).exists():
            sentence = _("%(amount)s with the reference “%(reference)s” is already recorded for this day.")
            raise Refused([sentence % {"amount": euros(abs(line.amount)), "reference": line.reference}])


def _checked(reference: str) -> str:
    reference = reference.strip()
    if not reference:
        raise Refused([_("Enter the bank's reference of the payment.")])
    if len(reference) > MAX_REFERENCE_LENGTH:
        raise Refused([_("The bank's reference is longer than %(most)d characters.") % {"most": MAX_REFERENCE_LENGTH}])
    return reference


def day_of(instalment: Instalment, on: datetime.date | None, at: datetime.datetime) -> datetime.date:
    """Return the day from which a verb counts, today by default. Raise Refused for a future day, or one too early."""
    today = timezone.localdate(at)
    on = on or today
    if on > today:
        raise Refused([_("This date is in the future: record it when it has happened.")])
    if reason := too_early(instalment, on):
        raise Refused([reason])
    return on


def too_early(instalment: Instalment, on: datetime.date) -> str:
    """Return a sentence if the day is before the instalment's last entry or before its agreement binds, else ""."""
    last = instalment.entries.order_by("-effective_on").values_list("effective_on", flat=True).first()
    if last is not None and on < last:
        sentence = _("The last entry of this instalment counts from %(day)s: give that day or a later one.")
        return sentence % {"day": date_format(last)}
    began = instalment.agreement.binds_from
    if began is not None and on < began:
        sentence = _("Its agreement takes effect on %(day)s: nothing was asked for or paid under it before.")
        return sentence % {"day": date_format(began)}
    return ""
