"""The forms of invoices and payments: the amount on the bank statement, the VAT rate, and the net amount."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_fields import DayField, EuroField, ask_unless_sure
from core.money import CENT, euros, percent
from sponsorships.accounting.conditions import outstanding, overpaid
from sponsorships.accounting.invoice_numbers import books_and_number, doubt_about_number
from sponsorships.accounting.vat import (
    CAME,
    RATES,
    Taxed,
    default_rate,
    from_bank,
    invoiced_rate,
    looks_like_tax,
    rates_for,
    to_bank,
    vat_on,
)
from sponsorships.admin.account_forms import NUMBER_MAX_LENGTH, ActForm
from sponsorships.enums import EntryKind, Regime
from sponsorships.models import LedgerEntry


class TaxedForm(ActForm):
    """An act with VAT, except for a gift. The page shows net, VAT and total before they are recorded."""

    shows_tax = True

    vat_rate = forms.TypedChoiceField(label=gettext_lazy("VAT"), coerce=Decimal, empty_value=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        regime = self.record.sponsorship.regime
        if regime == Regime.PATRONAGE:
            del self.fields["vat_rate"]
            return
        self.fields["vat_rate"].choices = [(str(rate), percent(rate)) for rate in rates_for(regime)]
        self.fields["vat_rate"].initial = str(self.rate_before())

    @property
    def has_tax(self) -> bool:
        return "vat_rate" in self.fields

    def rate_before(self) -> Decimal:
        """Return the VAT rate selected at first, in percent."""
        return default_rate(self.record.sponsorship.regime)

    def chosen_rate(self) -> Decimal | None:
        if not self.has_tax:
            return None
        return self.cleaned_data.get("vat_rate") if self.is_bound else self.rate_before()

    def taxed(self) -> Taxed | None:
        """Return the amounts to be recorded, or None if the form does not give them."""
        raise NotImplementedError

    def preview(self) -> list[tuple[str, str]]:
        """Return pairs of label and amount: net, VAT and total; empty without VAT or valid values."""
        taxed = self.taxed() if self.has_tax and (not self.is_bound or self.is_valid()) else None
        if taxed is None or taxed.rate is None:
            return []
        tax = _("VAT at %(rate)s") % {"rate": percent(taxed.rate)}
        said = [(_("Net of VAT"), taxed.net), (tax, taxed.vat), (_("With VAT"), taxed.gross)]
        return [(label, euros(abs(amount))) for label, amount in said]


class InvoiceForm(TaxedForm):
    """The invoice (in a partnership) or call (in a gift) that the managing institution sent."""

    # Whether another invoice has this number and the user confirmed it.
    is_same_number = False

    number = forms.CharField(max_length=NUMBER_MAX_LENGTH)
    payable_on = DayField(
        label=gettext_lazy("Payable by"),
        required=False,
        help_text=gettext_lazy("After this date it is overdue. Without a date it never is."),
    )
    purchase_order = forms.CharField(
        label=gettext_lazy("Purchase order"),
        max_length=NUMBER_MAX_LENGTH,
        required=False,
        help_text=gettext_lazy("The partner's own number, if it gave one."),
    )
    field_order = ["act", "on", "number", "vat_rate", "payable_on", "purchase_order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_gift = self.record.sponsorship.regime == Regime.PATRONAGE
        self.fields["number"].label = _("Number of the call") if is_gift else _("Number of the invoice")
        self.fields["on"].label = _("Called on") if is_gift else _("Invoiced on")
        if self.has_tax:
            said = {"net": euros(self.record.amount)}
            self.fields["vat_rate"].help_text = _("On %(net)s net: the total that the invoice states.") % said

    def taxed(self):
        rate = self.chosen_rate()
        return None if rate is None else Taxed(self.record.amount, rate, vat_on(self.record.amount, rate))

    def clean(self):
        values = super().clean()
        on, payable_on = values.get("on"), values.get("payable_on")
        if on and payable_on and payable_on < on:
            self.add_error(
                "payable_on", forms.ValidationError(_("It would be payable before it is sent."), "too_early")
            )
        if values.get("number"):
            self._ask_about_twin(values["number"])
        return values

    @staticmethod
    def compare(forms):
        """Ask about a number that a form above gives too, for the same books."""
        above = {}
        for form in forms:
            number = form.cleaned_data.get("number", "")
            key = books_and_number(form.record, number) if number else None
            if key in above and not form.is_same_number:
                said = {"number": number, "other": above[key]}
                form._ask(number, _("“%(number)s” is also the number that you gave to %(other)s.") % said)
            elif key is not None:
                above.setdefault(key, form.record.short_reference)

    def _ask_about_twin(self, number):
        if doubt := doubt_about_number(self.record, number):
            self._ask(number, doubt)

    def _ask(self, number, doubt):
        self.is_same_number = True
        ask_unless_sure(self, "number", number, doubt, _("Record it all the same under this number"))

    def given(self):
        """Return the verb's keyword arguments. A duplicate number counts as confirmed only if the form asked about it."""
        return {**super().given(), "is_same_number": self.is_same_number}


class PaymentForm(TaxedForm):
    """A payment, as on the bank statement. The amount starts as all that is outstanding."""

    sign = 1

    amount = EuroField(label=gettext_lazy("Amount (€)"), min_value=CENT)
    reference = forms.CharField(
        label=gettext_lazy("Reference of the payment"),
        max_length=80,
        help_text=gettext_lazy("The bank's reference. No person's name: it stays in the ledger."),
    )
    field_order = ["act", "on", "amount", "vat_rate", "reference"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Received on")
        self.fields["amount"].help_text = self.expected()
        if self.has_tax:
            self.fields["amount"].label = _("What the bank shows (€)")
            self.fields["vat_rate"].help_text = _(
                "The rate of the invoice. Only what is net of VAT counts as received."
            )
        self.fields["amount"].initial = self.proposed()

    def rate_before(self):
        """Return the rate of the invoice, or the first of RATES if it has none."""
        rate = invoiced_rate(self.record)
        return RATES[0] if rate is None else rate

    def proposed(self) -> Decimal | None:
        """Return the amount that the form starts with, in euros as paid to the bank; None for an empty field."""

    def expected(self) -> str:
        return self.with_tax(_("%(left)s is outstanding.") % {"left": euros(outstanding(self.record))})

    def with_tax(self, sentence: str) -> str:
        """Add to the sentence the outstanding amount with VAT."""
        left = outstanding(self.record)
        rate = self.rate_before() if self.has_tax else None
        if not rate or not left:
            return sentence
        said = {"gross": euros(to_bank(self.record, left, rate)), "rate": percent(rate)}
        tax = _("Outstanding with VAT at %(rate)s: %(gross)s.") % said
        return f"{sentence} {tax}"

    def taxed(self):
        amount = self.cleaned_data.get("amount") if self.is_bound else self.proposed()
        return None if amount is None else from_bank(self.record, self.sign * amount, self.chosen_rate())

    def clean(self):
        values = super().clean()
        if self.has_tax and self.sign > 0 and values.get("amount"):
            self._ask_about_tax(values["amount"])
        return values

    def _ask_about_tax(self, amount):
        """Ask about an excess that equals the VAT on the outstanding amount: the rate was probably not chosen."""
        left = outstanding(self.record)
        beyond = from_bank(self.record, amount, self.chosen_rate()).net - left
        rate = looks_like_tax(beyond, left or self.record.amount) if beyond > 0 else None
        if rate is None:
            return
        said = {"beyond": euros(beyond), "rate": percent(rate)}
        doubt = _("%(beyond)s more than the amount outstanding: that is VAT at %(rate)s. Choose that rate.") % said
        ask_unless_sure(self, "amount", amount, doubt, _("No, it is an overpayment"))


class WholePaymentForm(PaymentForm):
    def proposed(self):
        left = outstanding(self.record)
        return to_bank(self.record, left, self.rate_before() if self.has_tax else None)

    def expected(self):
        sentence = _("%(left)s is outstanding. What exceeds it is recorded separately, as an overpayment.")
        return self.with_tax(sentence % {"left": euros(outstanding(self.record))})


class OverpaymentForm(PaymentForm):
    def expected(self):
        return _("Nothing is outstanding: all of it is an overpayment.")


class RefundForm(PaymentForm):
    sign = -1

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Refunded on")

    def rate_before(self):
        beyond = LedgerEntry.objects.filter(instalment=self.record, kind=EntryKind.OVERPAID, amount__gt=0)
        rate = beyond.order_by("-position").values_list("vat_rate", flat=True).first()
        return RATES[0] if rate is None else rate

    def proposed(self):
        rate = self.rate_before() if self.has_tax else None
        if rate and self.record.entries.filter(kind__in=CAME, vat_rate=rate).exists():
            return -to_bank(self.record, -overpaid(self.record), rate)
        return overpaid(self.record)

    def expected(self):
        return _("The overpayment is %(most)s.") % {"most": euros(overpaid(self.record))}
