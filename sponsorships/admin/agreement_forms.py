"""The forms of an agreement: its terms, depending on how it is signed, and its schedule row by row."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.formsets import OwnRowsFormSet
from core.enums import DocumentType
from core.form_fields import DateInput, EuroField, refuse_reversed
from core.kept_files import checked_upload
from core.money import CENT
from sponsorships.accounting.closed_years import closed_to
from sponsorships.accounting.schedule import Planned
from sponsorships.accounting.sums import ZERO
from sponsorships.admin.signed_by import AddedSignersField, with_added
from sponsorships.enums import AgreementPath, Contribution, InstalmentCondition
from sponsorships.models import Agreement, Instalment

AMOUNTS = tuple(f"{name}_amount" for name in Contribution.values)
DATES = ("starts_on", "ends_on", "effective_on", "signed_on")


class AgreementForm(forms.ModelForm):
    """The terms of a draft. Missing fields are errors when it is issued or recorded, not when it is saved."""

    document = forms.FileField(
        label=gettext_lazy("Signed document"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text=gettext_lazy("One PDF with all pages and all signatures. A new one replaces the one before."),
    )
    added_signers = AddedSignersField()

    # The signed-in user, set by the admin; without one, no contacts are offered.
    user = None

    class Meta:
        model = Agreement
        fields = [
            "cash_amount",
            "in_kind_amount",
            "skills_amount",
            "starts_on",
            "ends_on",
            "effective_on",
            "reason",
            "activity",
            "managing_institution",
            "other_parties",
            "language",
            "signatory",
            "signed_on",
            "signatories",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sponsorship = self.instance.sponsorship
        for name in set(AMOUNTS) & set(self.fields):
            self.fields[name].required = False
        for name in set(DATES) & set(self.fields):
            self.fields[name].widget = DateInput()
        if "activity" in self.fields:
            self.fields["activity"].queryset = sponsorship.chair.activities.all()
        if "signatory" in self.fields:
            signatories = sponsorship.partner.contacts.approved().filter(is_signatory=True)
            self.fields["signatory"].queryset = signatories.select_related("user", "partner")

        if self.user is None or "signatories" not in self.fields:
            self.fields.pop("added_signers", None)
        elif "added_signers" in self.fields:
            self.fields["added_signers"].offer_people(sponsorship.partner, self.user, self.instance.signatories)

    def clean_added_signers(self):
        """Add the ticked contacts to the lines of `signatories`; the field's length limit applies to the result."""
        added = self.cleaned_data["added_signers"]
        if "signatories" in self.cleaned_data:
            field = self.fields["signatories"]
            self.cleaned_data["signatories"] = field.clean(with_added(self.cleaned_data["signatories"], added))
        return added

    def clean(self):
        values = super().clean()
        refuse_reversed(self, _("The period ends before it starts."))
        if values.get("effective_on") and values.get("ends_on") and values["ends_on"] < values["effective_on"]:
            self.add_error(
                "effective_on", ValidationError(_("It would take effect after its period ends."), code="too_late")
            )
        if values.get("effective_on"):
            for reason in closed_to(self.instance.sponsorship, [values["effective_on"]]):
                self.add_error("effective_on", ValidationError(reason, code="closed"))
        return values

    def clean_cash_amount(self):
        return self.cleaned_data["cash_amount"] or ZERO

    def clean_in_kind_amount(self):
        return self.cleaned_data["in_kind_amount"] or ZERO

    def clean_skills_amount(self):
        return self.cleaned_data["skills_amount"] or ZERO

    def clean_document(self):
        upload = self.cleaned_data["document"]
        return signed_pdf(upload) if upload else upload

    def save(self, commit=True):
        if upload := self.cleaned_data.get("document"):
            self._replace(upload)
        return super().save(commit)

    def _replace(self, upload) -> None:
        """Keep the new document with its hash, and delete the previous file after the commit."""
        agreement, before = self.instance, self.instance.file.name
        agreement.sha256 = hashlib.file_digest(upload, "sha256").hexdigest()
        upload.seek(0)
        agreement.file = upload
        if before:
            transaction.on_commit(lambda: default_storage.delete(before), robust=True)


def signed_pdf(upload):
    """Return the upload if it is a PDF; raise ValidationError if not."""
    _name, kind = checked_upload(upload)
    if kind != DocumentType.PDF:
        raise ValidationError(_("The signed document is kept as a PDF: scan or print it to one."), code="no_pdf")
    return upload


class InstalmentForm(forms.ModelForm):
    """One instalment of the schedule."""

    class Meta:
        model = Instalment
        fields = ["amount", "condition", "due_on", "report_from", "report_until", "milestone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label = _("Amount (€)")
        self.fields["amount"] = EuroField(label=label, min_value=CENT)
        self.fields["amount"].widget.attrs.update({"aria-label": label, "class": "vEuros"})
        for name in ("due_on", "report_from", "report_until"):
            self.fields[name].widget = DateInput({"aria-label": capfirst(self.fields[name].label)})
        # With an initial value, a row in which only this choice is set counts as empty.
        self.fields["condition"].initial = InstalmentCondition.DATE

    def clean(self):
        values = super().clean()
        condition = values.get("condition")
        if condition == InstalmentCondition.DATE and not values.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", ValidationError(_("Enter the planned date."), code="no_day"))
        if condition == InstalmentCondition.MILESTONE and not values.get("milestone"):
            self.add_error("milestone", ValidationError(_("Say what must be achieved."), code="no_milestone"))
        self._clean_report(values)
        return values

    def _clean_report(self, values):
        """Require the period that the report must cover: a report on another period must not make the instalment due."""
        period = ("report_from", "report_until")
        if values.get("condition") != InstalmentCondition.REPORT:
            values.update(dict.fromkeys(period))
            return
        for name in period:
            if not values.get(name) and name not in self.errors:
                sentence = _("Enter the start and the end of the period that the report must cover.")
                self.add_error(name, ValidationError(sentence, code="no_period"))
        refuse_reversed(self, _("The period ends before it starts."), *period)


class ScheduleFormSet(OwnRowsFormSet):
    """The instalments of a draft. `schedule.plan` replaces the earlier ones with them."""

    def rows(self) -> list[Planned]:
        """Return the posted schedule, without empty and deleted rows."""
        kept = [
            form for form in self.forms if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        names = InstalmentForm.Meta.fields
        return [Planned(**{name: form.cleaned_data[name] for name in names}) for form in kept]


def fields_of(agreement: Agreement, may_change: bool) -> list[tuple]:
    """Return the fieldsets of an agreement's form: they depend on its path and on whether it is an amendment."""
    here = agreement.path == AgreementPath.GENERATED
    period = [("starts_on", "ends_on"), "effective_on", *(["reason"] if agreement.is_amendment else [])]
    signers, upload = (["added_signers"], ["document"]) if may_change else ([], [])
    signing = ["language", "signatory"] if here else [("signed_on", "signatories"), *signers, *upload, "kept_document"]
    return [
        (_("How much, and when"), [("cash_amount", "in_kind_amount", "skills_amount"), *period]),
        (_("Who, and for what"), ["managing_institution", "other_parties", "activity"]),
        (_("The document and its signatures") if here else _("As it was signed"), signing),
    ]
