"""What an instalment's verbs write in the account. Each raises Refused with a sentence; then nothing has happened.

`details` of a verb: `act` (the form's token, so that two clicks count once), `on` (the day it counts from, today by
default), and what the verb needs: `number`, `purchase_order` and `payable_on` of an invoice or call, and `is_same_number`
where it is meant to stand twice in one institution's books; `amount` (what the bank shows), `reference` and `vat_rate`
of a payment; `vat_rate` of an invoice; `entry` to reverse.
"""

import datetime
from decimal import Decimal

from django.dispatch import receiver
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusters.lifecycle import Refused, verb_performed
from clusters.money import euros
from partners.enums import EntryKind, Regime
from partners.instalments.conditions import outstanding, overpaid, reversible
from partners.instalments.numbers import refuse_number_twice
from partners.ledger.posting import Line, is_recorded, post
from partners.ledger.sums import CENT, ZERO
from partners.models import Instalment, LedgerEntry
from partners.vat import RATES, Taxed, due_part, from_bank, percent, rates_for, vat_on

# What the columns hold: PostgreSQL would refuse a longer one without a sentence.
MOST_NUMBER = Instalment._meta.get_field("invoice_number").max_length
MOST_REFERENCE = LedgerEntry._meta.get_field("reference").max_length


@receiver(verb_performed, sender=Instalment, dispatch_uid="write_in_account")
def write_in_account(sender, record, verb, details, at, **kwargs):
    if act := ACTS.get(verb):
        on = _day(record, details, at)
        lines = act(record, {**details, "on": on})
        if not is_recorded(details.get("act")):  # then `post` says so
            _refuse_twins(record, lines, on)
        post(record.sponsorship, lines, on=on, at=at, act=details.get("act"))


def _invoice(instalment: Instalment, details: dict) -> list[Line]:
    number, payable_on = " ".join(details.get("number", "").split()), details.get("payable_on")
    if not number:
        raise Refused([_("Give the number of the invoice or call.")])
    if len(number) > MOST_NUMBER:
        raise Refused(
            [_("The number of the invoice or call is longer than %(most)d characters.") % {"most": MOST_NUMBER}]
        )
    if payable_on is not None and payable_on < details["on"]:
        raise Refused([_("It would be payable before it is sent.")])
    if not details.get("is_same_number"):
        refuse_number_twice(instalment, number)
    kept = {
        "invoice_number": number,
        "invoiced_on": details["on"],
        "purchase_order": details.get("purchase_order", "").strip(),
        "payable_on": payable_on,
    }
    Instalment.objects.filter(pk=instalment.pk).update(**kept)
    vars(instalment).update(kept)
    rate = _rate(instalment, details)
    asked = Taxed(instalment.amount, rate, None if rate is None else vat_on(instalment.amount, rate))
    return [_line(instalment, EntryKind.INVOICED, asked, reference=number)]


def _receive_part(instalment: Instalment, details: dict) -> list[Line]:
    paid, left = _paid(instalment, details), outstanding(instalment)
    if paid.net >= left:
        raise Refused(
            [_("%(left)s is outstanding: this settles it. Record the payment as a whole.") % {"left": euros(left)}]
        )
    return [_line(instalment, EntryKind.RECEIVED, paid, reference=_reference(details))]


def _receive(instalment: Instalment, details: dict) -> list[Line]:
    paid, left = _paid(instalment, details), outstanding(instalment)
    if paid.net < left:
        raise Refused(
            [_("%(left)s is outstanding: this is less. Record it as a part payment.") % {"left": euros(left)}]
        )
    reference, due = _reference(details), due_part(instalment, paid, left)
    return [
        _line(instalment, EntryKind.RECEIVED, due, reference=reference),
        _line(instalment, EntryKind.OVERPAID, paid.rest(due), reference=reference),
    ]


def _overpay(instalment: Instalment, details: dict) -> list[Line]:
    return [_line(instalment, EntryKind.OVERPAID, _paid(instalment, details), reference=_reference(details))]


def _refund(instalment: Instalment, details: dict) -> list[Line]:
    given_back, most = _paid(instalment, details, sign=-1), overpaid(instalment)
    if -given_back.net > most:
        raise Refused([_("Only %(most)s was paid beyond what was due.") % {"most": euros(most)}])
    return [_line(instalment, EntryKind.OVERPAID, given_back, reference=_reference(details))]


def _reverse_payment(instalment: Instalment, details: dict) -> list[Line]:
    entry = reversible(instalment).filter(pk=details.get("entry")).first()
    if entry is None:
        raise Refused([_("Choose the payment to reverse. It may have been reversed a moment ago.")])
    beyond = LedgerEntry.objects.filter(act=entry.act, kind=EntryKind.OVERPAID, instalment=instalment, reversed_by=None)
    taken_back = [entry, *beyond.filter(reverses=None)]
    if sum(one.amount for one in taken_back[1:]) > overpaid(instalment):
        raise Refused(
            [_("What was paid beyond what was due has been refunded: this payment can no longer be reversed.")]
        )
    return [_reversal(one) for one in taken_back]


def _cancel_invoice(instalment: Instalment, details: dict) -> list[Line]:
    return [_reversal(_last(instalment, EntryKind.INVOICED))]


def _write_off(instalment: Instalment, details: dict) -> list[Line]:
    return [_line(instalment, EntryKind.WRITTEN_OFF, Taxed(outstanding(instalment)))]


def _undo_write_off(instalment: Instalment, details: dict) -> list[Line]:
    return [_reversal(_last(instalment, EntryKind.WRITTEN_OFF))]


ACTS = {
    "invoice": _invoice,
    "receive_part": _receive_part,
    "receive": _receive,
    "overpay": _overpay,
    "refund": _refund,
    "reverse_payment": _reverse_payment,
    "cancel_invoice": _cancel_invoice,
    "write_off": _write_off,
    "undo_write_off": _undo_write_off,
}


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
    """Return the entry of this kind that nobody has reversed: the status says that there is one."""
    return instalment.entries.filter(kind=kind, amount__gt=0, reverses=None, reversed_by=None).latest("position")


def _paid(instalment: Instalment, details: dict, sign: int = 1) -> Taxed:
    """Return what the bank's line is net of VAT, and its tax."""
    return from_bank(instalment, sign * _amount(details), _rate(instalment, details))


def _rate(instalment: Instalment, details: dict) -> Decimal | None:
    """Return the rate of VAT, one of a closed list; None where none was stated: the amount is net."""
    rate = details.get("vat_rate")
    if rate is None:
        return None
    if rate not in rates_for(instalment.sponsorship.regime):
        if instalment.sponsorship.regime == Regime.PATRONAGE:
            raise Refused([_("A gift has no VAT.")])
        raise Refused([_("Choose one of these rates: %(rates)s.") % {"rates": ", ".join(map(percent, RATES))}])
    return rate


def _amount(details: dict) -> Decimal:
    amount = details.get("amount") or ZERO
    if amount < CENT or amount != amount.quantize(CENT):
        raise Refused([_("Give an amount of at least one cent, in euros and cents.")])
    return amount


def _refuse_twins(instalment: Instalment, lines: list[Line], on: datetime.date) -> None:
    """Refuse a payment that is there already, typed once more in another tab: the same day, reference and amount."""
    standing = instalment.entries.filter(reverses=None, reversed_by=None, effective_on=on)
    for line in lines:
        is_payment = line.kind in (EntryKind.RECEIVED, EntryKind.OVERPAID) and line.reverses is None
        if is_payment and standing.filter(kind=line.kind, amount=line.amount, reference=line.reference).exists():
            sentence = _("%(amount)s with the reference “%(reference)s” is already recorded for this day.")
            raise Refused([sentence % {"amount": euros(abs(line.amount)), "reference": line.reference}])


def _reference(details: dict) -> str:
    reference = details.get("reference", "").strip()
    if not reference:
        raise Refused([_("Give the bank's reference of the payment.")])
    if len(reference) > MOST_REFERENCE:
        raise Refused([_("The bank's reference is longer than %(most)d characters.") % {"most": MOST_REFERENCE}])
    return reference


def _day(instalment: Instalment, details: dict, at: datetime.datetime) -> datetime.date:
    """Return the day from which the act counts: never in the future, never before what it answers to."""
    today = timezone.localdate(at)
    on = details.get("on") or today
    if on > today:
        raise Refused([_("This day is still to come: record it when it has happened.")])
    last = instalment.entries.order_by("-effective_on").values_list("effective_on", flat=True).first()
    if last is not None and on < last:
        raise Refused(
            [
                _("The last entry of this instalment counts from %(day)s: give that day or a later one.")
                % {"day": date_format(last)}
            ]
        )
    began = instalment.agreement.binds_from
    if began is not None and on < began:
        raise Refused(
            [
                _("Its agreement binds from %(day)s: nothing was asked or paid under it before.")
                % {"day": date_format(began)}
            ]
        )
    return on
