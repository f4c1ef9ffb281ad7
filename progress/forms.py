from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.forms import TwoLanguagesForm
from core.form_fields import refuse_reversed
from core.money import euros
from progress.acceptance import waiting_instalments
from progress.models import ProgressReport


class ProgressReportForm(TwoLanguagesForm):
    """A progress report: what was done with a partner's money in a period, and with what result."""

    # Made when the form is first shown, so that a double click makes one report.
    reference = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = ProgressReport
        fields = [
            "starts_on",
            "ends_on",
            "done",
            "result",
            "public_paragraph_en",
            "public_paragraph_fr",
            "instalments",
        ]
        widgets = {
            "done": forms.Textarea(attrs={"rows": 6}),
            "result": forms.Textarea(attrs={"rows": 6}),
            "public_paragraph_en": forms.Textarea(attrs={"rows": 4}),
            "public_paragraph_fr": forms.Textarea(attrs={"rows": 4}),
            "instalments": forms.CheckboxSelectMultiple,
        }
        labels = {
            "public_paragraph_en": _("For the public, in English"),
            "public_paragraph_fr": _("For the public, in French"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reference"].initial = self.instance.reference
        field = self.fields["instalments"]
        field.queryset = waiting_instalments(self.instance.sponsorship)
        field.label_from_instance = _named
        if not field.queryset.exists():
            del self.fields["instalments"]

    def clean(self):
        values = super().clean()
        refuse_reversed(self, _t("The period ends before it starts."))
        for instalment in values.get("instalments") or ():
            self._refuse_other_period(values, instalment)
        return values

    def _refuse_other_period(self, values, instalment):
        """Add an error if the instalment waits for a report on another period: this report would not make it due."""
        first, last = instalment.report_from, instalment.report_until
        if not (first and values.get("starts_on") and values.get("ends_on")):
            return
        if values["ends_on"] < first or last < values["starts_on"]:
            sentence = _t("%(instalment)s is waiting for a report covering %(first)s to %(last)s.")
            said = {"instalment": instalment, "first": date_format(first), "last": date_format(last)}
            self.add_error("instalments", forms.ValidationError(sentence % said, code="other_period"))


def _named(instalment) -> str:
    return f"{instalment}, {euros(instalment.amount)}, {instalment.awaited}"
