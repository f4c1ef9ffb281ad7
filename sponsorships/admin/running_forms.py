"""The forms for a contract that was signed before this site was used."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_fields import DateInput, DayField, EuroField
from core.money import CENT
from core.primary_keys import is_key
from sponsorships.accounting.closed_years import closed_to
from sponsorships.accounting.schedule import MAX_PARTS, Planned
from sponsorships.accounting.sums import ZERO
from sponsorships.admin.agreement_forms import signed_pdf
from sponsorships.admin.proposal_forms import OnBehalfForm
from sponsorships.admin.signed_by import AddedSignersField, with_added
from sponsorships.enums import Confidentiality
from sponsorships.proposals.conditions import closed_door, missing_fields, unbalanced

# Fields of which the sentence about a missing field speaks too.
SPOKEN_OF_WITH = {
    "activity": ("proposal",),
    "cash_amount": ("in_kind_amount", "skills_amount"),
}
NEEDED = ("regime", "starts_on", "ends_on", "purpose")
ROWS = 6


class RunningContractForm(OnBehalfForm):
    """The proposal in the partner's name, and the signed agreement. Its instalments are in a formset below."""

    document = forms.FileField(
        label=gettext_lazy("Signed document"),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text=gettext_lazy("One PDF with all pages and all signatures."),
    )
    signed_on = DayField(label=gettext_lazy("Signed on"), has_happened=True, widget=DateInput())
    effective_on = DayField(
        label=gettext_lazy("Takes effect on"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("The first day of the period where you leave it empty."),
    )
    signatories = forms.CharField(
        label=gettext_lazy("Who signed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One per line, each with their capacity."),
    )
    other_parties = forms.CharField(
        label=gettext_lazy("Other parties"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The other supervising bodies or companies that are bound by it, one per line."),
    )

    def __init__(self, *args, offered, user=None, **kwargs):
        """`offered` are the fields whose choices the panel limits to the user's. Imports pass no `user`."""
        super().__init__(*args, **kwargs)
        self.fields.update(offered)
        for name in offered.keys() & self._meta.help_texts.keys():
            self.fields[name].help_text = self._meta.help_texts[name]
        self.fields["managing_institution"].required = True
        del self.fields["signatory"]
        for name in NEEDED:
            self.fields[name].required = True
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget = DateInput()
        confidentiality = self.fields["confidentiality"]
        confidentiality.required, confidentiality.initial = True, Confidentiality.ANONYMOUS
        if user is not None:
            self._offer_signers(user)

    def _offer_signers(self, user):
        """Offer the contacts of the chosen partner as signatories. `signatories` is then optional: a tick is enough."""
        self.fields["signatories"].required = False
        field = self.fields["added_signers"] = AddedSignersField()
        partners = self.fields["partner"].queryset
        chosen = self["partner"].value()
        found = partners.filter(pk=chosen).first() if is_key(str(chosen)) else None
        field.offer_people(found, user, "")
        names = list(self.fields)
        names.insert(names.index("signatories") + 1, names.pop())
        self.order_fields(names)

    def clean(self):
        values = super().clean()
        if "added_signers" in self.fields and "signatories" not in self.errors:
            values["signatories"] = with_added(values.get("signatories", ""), values.get("added_signers", []))
            if not values["signatories"]:
                self.add_error("signatories", ValidationError(_("Say who signed, or tick a contact."), code="required"))
        values["effective_on"] = values.get("effective_on") or values.get("starts_on")
        if values["effective_on"] and values.get("chair"):
            self.instance.chair = values["chair"]
            for reason in closed_to(self.instance, [values["effective_on"]]):
                self.add_error("effective_on", ValidationError(reason, code="closed"))
        return values

    def clean_document(self):
        return signed_pdf(self.cleaned_data["document"])

    def _post_clean(self):
        """Check what a sent proposal needs, since entering a contract sends it; each error goes to its field.

        Everything is said at once, beside the form's own errors; a field that has one is not called missing too.
        """
        super()._post_clean()
        is_new = self.instance.pk is None
        missing = missing_fields(self.instance)
        # It is signed already.
        missing.pop("signatory", None)
        for name, sentence in missing.items():
            if self._can_be_judged(name):
                self.add_error(name if name in self.fields else None, ValidationError(sentence, code="missing"))
        if is_new and "chair" not in self.errors and "activity" not in self.errors:
            for sentence in closed_door(self.instance):
                self.add_error(None, ValidationError(sentence, code="closed"))

    def _can_be_judged(self, name: str) -> bool:
        """Return whether a field, and the others that its sentence speaks of, could be read."""
        return not {name, *SPOKEN_OF_WITH.get(name, ())} & set(self.errors)

    def terms(self) -> dict:
        """Return the agreement's own terms, with the document and its SHA-256."""
        names = ("managing_institution", "signed_on", "signatories", "other_parties", "effective_on")
        upload = self.cleaned_data["document"]
        digest = hashlib.file_digest(upload, "sha256").hexdigest()
        upload.seek(0)
        return {**{name: self.cleaned_data[name] for name in names}, "file": upload, "sha256": digest}


class PartForm(forms.Form):
    """One instalment of the contract, paid or not: payments are recorded later."""

    amount = EuroField(label=gettext_lazy("Amount (€)"), min_value=CENT, required=False)
    due_on = DayField(label=gettext_lazy("Planned for"), required=False, widget=DateInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self):
        values = super().clean()
        for name, other, sentence in (
            ("amount", "due_on", _("Enter the amount.")),
            ("due_on", "amount", _("Enter the planned date.")),
        ):
            if values.get(other) and not values.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(sentence, code="required"))
        return values


class PartsFormSet(forms.BaseFormSet):
    """The instalments of the contract, whose sum is the agreed cash, to the cent."""

    def planned(self) -> list[Planned]:
        rows = [form.cleaned_data for form in self.forms]
        return [Planned(row["amount"], row["due_on"]) for row in rows if row.get("amount")]

    def hold_against(self, form: RunningContractForm) -> None:
        """Add an error to the cash field if the instalments do not add up to it; none if either cannot be read."""
        if not self.is_valid() or "cash_amount" in form.errors:
            return
        agreed = form.cleaned_data.get("cash_amount") or ZERO
        for sentence in unbalanced(agreed, sum((one.amount for one in self.planned()), ZERO)):
            form.add_error("cash_amount", ValidationError(sentence, code="unbalanced"))


PartsForm = forms.formset_factory(PartForm, formset=PartsFormSet, extra=ROWS, max_num=MAX_PARTS)
