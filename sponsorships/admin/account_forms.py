"""The forms of verbs about money: the fields of an invoice, a payment or an early end, besides the note."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_fields import DayField, EuroField, WholeField, ask_unless_sure
from core.money import CENT, euros
from sponsorships.accounting import in_kind
from sponsorships.accounting.closed_years import closed_to
from sponsorships.accounting.conditions import reversible
from sponsorships.accounting.ledger_lines import too_early
from sponsorships.accounting.schedule import MAX_PARTS, quarter_from, to_plan
from sponsorships.agreements.forms import SigningForm
from sponsorships.enums import Contribution, ValuationMethod
from sponsorships.forms.chair_endings import EndDayField
from sponsorships.models import Instalment, LedgerEntry

NUMBER_MAX_LENGTH = 60


class ActForm(forms.Form):
    """A form that writes ledger entries.

    Its `act` token makes two clicks, two tabs or the back button write them once.
    """

    template_name = "admin/act_form.html"
    # Shown above the note, which explains the fields.
    comes_first = True

    act = forms.UUIDField(widget=forms.HiddenInput)
    on = DayField(label=gettext_lazy("Day"), has_happened=True)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.fields["act"].initial = uuid.uuid4
        self.fields["on"].initial = timezone.localdate

    def clean_on(self):
        """Refuse a day in a closed year, or one too early, with an error on this field, so that the values are kept."""
        day = self.cleaned_data["on"]
        # A form that was already recorded is answered as such instead.
        if self.is_spent:
            return day
        if reasons := closed_to(getattr(self.record, "sponsorship", self.record), [day]):
            raise forms.ValidationError(reasons, code="closed")
        if isinstance(self.record, Instalment) and (reason := too_early(self.record, day)):
            raise forms.ValidationError(reason, code="too_early")
        return day

    @property
    def is_spent(self) -> bool:
        """Whether this form's entries were already recorded."""
        act = getattr(self, "cleaned_data", {}).get("act")
        return act is not None and LedgerEntry.objects.filter(act=act).exists()

    def given(self) -> dict:
        """Return the keyword arguments of the verb; `act` becomes `token`."""
        return {"token" if name == "act" else name: value for name, value in self.cleaned_data.items()}


class ReversalForm(ActForm):
    """Chooses the payment to reverse. If there is only one, it is selected."""

    entry = forms.ModelChoiceField(
        label=gettext_lazy("Payment"), queryset=LedgerEntry.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    field_order = ["act", "entry", "on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["entry"]
        field.queryset = reversible(self.record)
        field.label_from_instance = _payment
        field.initial = field.queryset.last()
        self.fields["on"].label = _("Reversed on")

    def given(self):
        return {**super().given(), "entry": self.cleaned_data["entry"].pk}


class CountersignForm(SigningForm):
    """A manager's signature for the managing institution: the typed name signs, the mailed code proves who types it."""

    template_name = "admin/act_form.html"
    comes_first = True
    has_read = None

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "First name and family name: typed here, it signs for the managing institution."
        )

    def given(self) -> dict:
        return self.cleaned_data


class EndForm(forms.Form):
    """The day on which a sponsorship ends early."""

    template_name = "admin/act_form.html"
    comes_first = True

    on = EndDayField()

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)

    def given(self) -> dict:
        return self.cleaned_data


class InKindForm(ActForm):
    """A contribution in kind or skills, as the partner valued it."""

    contribution = forms.ChoiceField(
        label=gettext_lazy("Contribution"),
        choices=[choice for choice in Contribution.choices if choice[0] != Contribution.CASH],
        widget=forms.RadioSelect,
    )
    amount = EuroField(
        label=gettext_lazy("Value (€)"),
        min_value=CENT,
        help_text=gettext_lazy("The partner's own valuation, in euros net of VAT."),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Valuation method"), choices=[("", "—"), *ValuationMethod.choices], initial=""
    )

    field_order = ["act", "contribution", "amount", "method", "on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Given on")

    def clean(self):
        values = super().clean()
        if self.record is not None and values.get("amount") and values.get("contribution") and not self.is_spent:
            self._ask_about_excess(values["amount"], Contribution(values["contribution"]))
        return values

    def _ask_about_excess(self, amount, contribution):
        beyond = in_kind.beyond_agreed(self.record, contribution, amount)
        if not beyond:
            return
        said = {"beyond": euros(beyond), "contribution": str(contribution.label).lower()}
        doubt = _("With this, %(beyond)s more would be received than agreed (%(contribution)s).") % said
        ask_unless_sure(self, "amount", amount, doubt, _("Record it all the same"))


class InKindReversalForm(forms.Form):
    """Confirm a reversal. Its only field is the token."""

    template_name = "admin/act_form.html"
    comes_first = True
    is_spent = False

    act = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)

    def given(self) -> dict:
        return self.cleaned_data


class ProposalForm(forms.Form):
    """Propose a schedule of equal instalments, one per quarter."""

    template_name = "admin/act_form.html"
    comes_first = True

    parts = WholeField(label=gettext_lazy("Number of instalments"), min_value=1, max_value=MAX_PARTS, initial=4)
    first = DayField(
        label=gettext_lazy("First quarter"),
        help_text=gettext_lazy(
            "The first instalment is planned for the first day of a quarter: on this date or after it."
        ),
    )

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.fields["first"].initial = quarter_from(record.starts_on or timezone.localdate())

    def clean(self):
        values = super().clean()
        if values.get("parts") and to_plan(self.record) < CENT * values["parts"]:
            sentence = _("%(left)s is left to plan: that is less than one cent per instalment.")
            raise forms.ValidationError(sentence % {"left": euros(to_plan(self.record))}, code="too_little")
        return values


def _payment(entry) -> str:
    return _("%(amount)s, %(day)s, reference %(reference)s") % {
        "amount": euros(entry.amount),
        "day": date_format(entry.effective_on),
        "reference": entry.reference,
    }
