"""Rows of a chair's page: the organisations that take part, and the yearly numbers of patents, licences and transfers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.models import ChairOrganisation, CountedOutput
from core.admin.base import ScopedStackedInline, ScopedTabularInline
from core.admin.formsets import OwnRowsFormSet
from core.form_fields import refuse_reversed


class OrganisationForm(forms.ModelForm):
    """An organisation in a chair: an institution on record, or a name."""

    def clean(self):
        cleaned = super().clean()
        refuse_reversed(self, _("The organisation leaves before it comes."))
        if "name" not in self.errors and "institution" not in self.errors:
            if bool(cleaned.get("institution")) == bool(cleaned.get("name")):
                message = _("Choose an institution, or type a name: one of the two.")
                self.add_error("name", ValidationError(message, code="said_once"))
        return cleaned


class OrganisationInline(ScopedStackedInline):
    model = ChairOrganisation
    form = OrganisationForm
    is_empty_row_alike = True
    verbose_name = gettext_lazy("organisation")
    verbose_name_plural = gettext_lazy("Stakeholders and industrial partners")
    autocomplete_fields = ["institution"]
    fields = [("role", "institution", "name"), ("website", "starts_on", "ends_on", "consent_given_on")]
    classes = ["collapse"]


class CountedFormSet(OwnRowsFormSet):
    """Names the duplicate row in plain words, where Django's messages name columns."""

    def get_unique_error_message(self, unique_check):
        return _("This kind is counted twice for the same year: keep one of the two lines.")

    def get_form_error(self):
        return _("This kind is already counted for this year.")


class CountedInline(ScopedTabularInline):
    model = CountedOutput
    formset = CountedFormSet
    verbose_name = gettext_lazy("number")
    verbose_name_plural = gettext_lazy("Patents, licences, software transferred")
    fields = ["kind", "year", "number", "note"]
    classes = ["collapse"]
