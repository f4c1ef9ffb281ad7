"""Instalments of agreements with their invoices or calls, and the payments for them."""

import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.enums import Origin
from clusters.scopes import FINANCE
from core.exceptions import Refused
from imports.columns import Choice, Column, Day, Euros, Number, Reference, Unreadable, Waits, as_text
from imports.enums import Outcome
from imports.forms import LineForm
from imports.kinds.base import Kind
from imports.kinds.contracts import own_reference, parts_of
from imports.lines import Line
from sponsorships.accounting import verbs
from sponsorships.accounting.conditions import outstanding
from sponsorships.accounting.schedule import Planned
from sponsorships.accounting.vat import CAME, RATES, from_bank, invoiced_rate
from sponsorships.admin.agreement_forms import InstalmentForm
from sponsorships.admin.payment_forms import InvoiceForm, PaymentForm
from sponsorships.enums import InstalmentCondition, InstalmentStatus
from sponsorships.models import Instalment, LedgerEntry
from sponsorships.perms import COLLECTING

INVOICE = ("invoice_number", "invoiced_on", "payable_on", "vat_rate", "purchase_order")
# The column for each field of the panel's invoice form.
AS_INVOICED = {
    "number": "invoice_number",
    "on": "invoiced_on",
    "payable_on": "payable_on",
    "vat_rate": "vat_rate",
    "purchase_order": "purchase_order",
}
AS_PAID = {"amount": "amount", "on": "received_on", "vat_rate": "vat_rate", "reference": "reference"}
SPONSORSHIP = _("Its reference: your office's, or the site's.")
MAX_DIGITS = 4


class Rate(Column):
    """A column of VAT rates."""

    def read(self, run, cell):
        text = as_text(cell).strip("% \u00a0").replace(",", ".")
        try:
            rate = Decimal(text)
            if not as_text(cell).strip().endswith("%") and 0 < rate < 1:
                rate *= 100  # a cell formatted as a percentage
            rate = rate.quantize(Decimal("0.1"))
        except InvalidOperation:  # no number, or one that is not a number
            rate = None
        if rate not in RATES:
            said = {"rates": ", ".join(f"{one.normalize():f} %" for one in RATES)}
            raise Unreadable(_t("Choose one of these rates: %(rates)s.") % said)
        return rate


class Order(Number):
    def read(self, run, cell):
        text = as_text(cell)
        if not (text.isascii() and text.isdecimal() and 0 < int(text[:MAX_DIGITS]) and len(text) <= MAX_DIGITS):
            raise Unreadable(_t("Write a whole number: 1 for the first instalment."))
        return int(text)


class PartLine(LineForm, InstalmentForm):
    """A row of an agreement's schedule."""


def invoice_of(name: str):
    return lambda instalment: getattr(instalment, name)


class Instalments(Kind):
    code = "instalments"
    label = _("Instalments")
    help = _(
        "The schedule of each agreement, which adds up to its cash; with the invoice or call of those that were sent."
    )
    roles = FINANCE
    who = COLLECTING
    form = PartLine
    named_in = ()
    told_in = ("sponsorship", "number")
    columns = (
        Reference("sponsorship", _("Sponsorship"), SPONSORSHIP, is_required=True, of_kind="sponsorships", example="2024-17", value=lambda one: own_reference(one.sponsorship)),
        Order("number", _("Number"), _("1, 2, 3… in the order of the agreement."), is_required=True, example="1"),
        Euros("amount", _("Amount (€)"), _("In euros, net of VAT."), is_required=True, example="60000"),
        Day("due_on", _("Planned for"), example="2024-03-01"),
        Choice("condition", _("Condition"), _("A date where it is empty."), choices=tuple(InstalmentCondition.choices)),
        Column("milestone", _("Milestone")),
        Day("report_from", _("Report from")),
        Day("report_until", _("Report until")),
        Column("invoice_number", _("Number of the invoice or call"), _("Empty where nothing was sent yet."), example="F-2024-031"),
        Day("invoiced_on", _("Invoiced or called on"), example="2024-03-02"),
        Day("payable_on", _("Payable by"), example="2024-04-30"),
        Rate("vat_rate", _("VAT (%)"), _("Of the invoice. A gift has none."), example="20", value=lambda one: invoiced_rate(one)),
        Column("purchase_order", _("Purchase order")),
    )  # fmt: skip

    def visible(self, run) -> Any:
        mine = Instalment.objects.standing().filter(sponsorship__chair__cluster=run.cluster)
        related = ("sponsorship__chair__cluster", "sponsorship__partner", "agreement")
        rows = mine.exclude(sponsorship__chair__origin=Origin.SOURCED).select_related(*related)
        return rows.prefetch_related("entries", "sponsorship__own_references").order_by("sponsorship", "number")

    def keys_of(self, record):
        return [f"{record.sponsorship_id} {record.number}"]

    def names_of(self, record):
        return []

    def judge(self, run, line: Line) -> None:
        """Read a line and validate it with the schedule's form. Its sponsorship may not exist yet."""
        self.read_cells(run, line, but=("sponsorship",))
        form = PartLine(run, Instalment(), line.given)
        if not line.is_right:
            line.refuse_rest(form, knows_record=False)
            return
        if not form.is_valid():
            line.refuse_errors({name: list(errors) for name, errors in form.errors.items() if name != "__all__"})
        elif line.given.get("invoice_number") and not line.given.get("invoiced_on"):
            line.refuse("invoiced_on", _t("Enter the day on which it was sent."))
        if line.is_right:
            line.planned = Planned(**{name: form.cleaned_data[name] for name in InstalmentForm.Meta.fields})

    def process(self, run, lines) -> None:
        parts_of(run)
        met: dict[tuple, Line] = {}
        for line in lines:
            if line.is_right:
                self._settle(run, line, met)
            run.done(line)

    def _settle(self, run, line: Line, met: dict) -> None:
        """Find the instalment that its contract planned, and record its invoice."""
        try:
            sponsorship = run.find("sponsorships", as_text(line.cells["sponsorship"]))
        except Waits:
            line.is_waiting = True
            return
        except ValidationError as refusal:
            line.refuse("sponsorship", *refusal.messages)
            return
        key = f"{sponsorship.pk} {line.given['number']}"
        before = met.setdefault(key, line)
        if before is not line:
            line.refuse("", _t("%(place)s: this line is about the same record.") % {"place": before.place})
            return
        instalment = fresh(sponsorship, line.given["number"])
        if instalment is None:
            line.refuse("number", _t("The agreement has no instalment of this number: an amendment plans new ones."))
            return
        line.record = instalment
        line.outcome = Outcome.CREATED if run.is_new("sponsorships", sponsorship) else Outcome.UNCHANGED
        self._compare(run, line, instalment)

    def _compare(self, run, line: Line, instalment: Instalment) -> None:
        form = PartLine(run, instalment, line.given)
        if form.changed_data:
            changed = {
                name: [_t("An instalment that is here is changed by an amendment.")] for name in form.changed_data[:1]
            }
            line.refuse_errors(changed)
        number = line.given.get("invoice_number")
        if not line.is_right or not number or number == instalment.invoice_number:
            return
        act(line, instalment, InvoiceForm, AS_INVOICED, lambda given: self._invoice(run, instalment, given))
        if line.outcome == Outcome.UNCHANGED and line.is_right:
            line.outcome = Outcome.CHANGED
            line.changes = [(self.label_of("invoice_number"), instalment.invoice_number, str(number))]

    def _invoice(self, run, instalment: Instalment, given: dict) -> None:
        if instalment.status == InstalmentStatus.PLANNED:
            instalment = verbs.fall_due(instalment, by=run.by)
        verbs.invoice(instalment, by=run.by, **given)


class Payments(Kind):
    code = "payments"
    label = _("Payments")
    help = _("What the bank shows for each invoice or call, with VAT where there is any.")
    roles = FINANCE
    who = COLLECTING
    form = PartLine
    named_in = ()
    told_in = ("sponsorship", "number", "reference")
    columns = (
        Reference("sponsorship", _("Sponsorship"), SPONSORSHIP, is_required=True, of_kind="sponsorships", example="2024-17", value=lambda one: own_reference(one.instalment.sponsorship)),
        Order("number", _("Number"), _("Of the instalment."), is_required=True, example="1", value=lambda one: one.instalment.number),
        Day("received_on", _("Received on"), is_required=True, example="2024-04-18", value=lambda one: one.effective_on),
        Euros("amount", _("What the bank shows (€)"), is_required=True, example="72000", value=lambda one: one.gross_of_act),
        Rate("vat_rate", _("VAT (%)"), _("The rate of the invoice where it is empty."), value=lambda one: one.vat_rate),
        Column("reference", _("Reference of the payment"), _("The bank's. No person's name."), is_required=True, example="VIR 2024-0418"),
    )  # fmt: skip

    def exported(self, run) -> Any:
        """Return one entry per payment, with the total of its act: an overpayment is a second entry, but one bank payment."""
        entries = LedgerEntry.objects.filter(sponsorship__chair__cluster=run.cluster, kind__in=CAME, amount__gt=0)
        entries = entries.filter(reverses=None, reversed_by=None, instalment__isnull=False, contribution="cash")
        related = ("instalment__sponsorship",)
        acts: dict[uuid.UUID, LedgerEntry] = {}
        found = entries.select_related(*related).prefetch_related("instalment__sponsorship__own_references")
        for entry in found.order_by("sponsorship", "position"):
            first = acts.setdefault(entry.act, entry)
            first.gross_of_act = getattr(first, "gross_of_act", Decimal(0)) + entry.gross
        return list(acts.values())

    def process_one(self, run, line) -> None:
        self.read_cells(run, line)
        if not line.is_right:
            self.check_rest(run, line)
            return
        sponsorship, number = line.given["sponsorship"], line.given["number"]
        instalment = fresh(sponsorship, number)
        if self._waits(run, line):
            line.is_waiting = True
        elif instalment is None:
            line.refuse("number", _t("The agreement has no instalment of this number: an amendment plans new ones."))
        elif not self._is_there(line, instalment):
            if line.is_right:
                self._pay(run, line, instalment)

    def check_rest(self, run, line) -> None:
        instalment = fresh(line.given.get("sponsorship"), line.given.get("number"))
        if instalment is not None and "vat_rate" not in line.lacking:  # without it nothing is known about the amount
            self._fill_in_rate(line, instalment)
            errors = form_of(line, instalment, PaymentForm, AS_PAID).errors
            told = {column: list(errors[name]) for name, column in AS_PAID.items() if name in errors}
            line.refuse_errors({column: said for column, said in told.items() if column in line.given})

    def _waits(self, run, line: Line) -> bool:
        """Return whether the line of its instalment is refused: that line must be corrected first."""
        named = as_text(line.cells["sponsorship"]).lower()
        rows = (row for row in run.lines["instalments"] if as_text(row.cells.get("sponsorship", "")).lower() == named)
        return any(not row.is_right and row.given.get("number") == line.given["number"] for row in rows)

    def _is_there(self, line: Line, instalment: Instalment) -> bool:
        """Return whether this payment is already recorded; refuse the line if only the amount differs."""
        rows = [
            one for one in instalment.entries.all()
            if one.kind in CAME and one.amount > 0 and one.reverses_id is None
            and one.reference == line.given["reference"] and one.effective_on.isoformat() == line.given["received_on"]
        ]  # fmt: skip
        if not rows:
            return False
        if sum(one.gross for one in rows) == Decimal(line.given["amount"]):
            line.outcome = Outcome.UNCHANGED
        else:
            line.refuse("amount", _t("Another amount is recorded under this reference on this day."))
        return True

    def _pay(self, run, line: Line, instalment: Instalment) -> None:
        self._fill_in_rate(line, instalment)
        act(
            line,
            instalment,
            PaymentForm,
            AS_PAID,
            lambda given: self._verb(instalment, given)(instalment, by=run.by, **given),
        )
        if line.is_right:
            line.outcome = Outcome.CREATED

    def _fill_in_rate(self, line: Line, instalment: Instalment) -> None:
        if "vat_rate" not in line.given and (rate := invoiced_rate(instalment)) is not None:
            line.given["vat_rate"] = rate

    def _verb(self, instalment: Instalment, given: dict) -> Any:
        """Return the verb that the panel would offer: for a part, for all that is outstanding, or for an overpayment."""
        if instalment.status == InstalmentStatus.RECEIVED:
            return verbs.overpay
        net = from_bank(instalment, given["amount"], given.get("vat_rate")).net
        return verbs.receive_part if net < outstanding(instalment) else verbs.receive


def fresh(sponsorship: Any, number: int | None) -> Instalment | None:
    """Return a standing instalment, freshly read; None if there is none with this number."""
    rows = Instalment.objects.standing().filter(sponsorship=sponsorship, number=number)
    return rows.select_related("sponsorship__chair__cluster", "agreement").prefetch_related("entries").first()


def form_of(line: Line, instalment: Instalment, form_class: Any, columns: dict[str, str]) -> Any:
    """Return the form of the page for a verb on money, filled in from the line's columns."""
    data = {name: line.given.get(column, "") for name, column in columns.items()}
    return form_class({**data, "vat_rate": str(data["vat_rate"]), "act": uuid.uuid4()}, record=instalment)


def act(line: Line, instalment: Instalment, form_class: Any, columns: dict[str, str], do: Any) -> None:
    """Run a verb on money as its page does: validate with the page's form, then call the verb.

    Refuse the line on errors.
    """
    form = form_of(line, instalment, form_class, columns)
    if not form.is_valid():
        errors = form.errors.items()
        line.refuse_errors({columns.get(name, "__all__"): list(said) for name, said in errors})
        return
    try:
        do(form.given())
    except Refused as refused:
        line.refuse("", *refused.reasons)
