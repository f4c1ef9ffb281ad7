"""Use a form of the panel to validate a line: the cells are its data, with records already looked up."""

from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError

from core.form_fields import EuroField


class RecordField(forms.Field):
    """A record that the line names, already looked up."""

    def has_changed(self, initial, data):
        return getattr(initial, "pk", None) != getattr(data, "pk", None)


class RecordsField(forms.Field):
    """Several records."""

    def clean(self, value):
        return super().clean(value) or []

    def has_changed(self, initial, data):
        return {record.pk for record in initial or ()} != {record.pk for record in data or ()}


class LineForm:
    """Mixin for a form of the panel.

    Fields that the line does not give keep their value, or the default of a new record.
    """

    run: Any

    def __init__(self, run, instance, given: dict):
        super().__init__({}, instance=instance, **self.get_options())
        self.run, self.given = run, given
        for name, field in self.fields.items():
            # The page that shows the changes replaces the questions about unusual values.
            field.show_hidden_initial = False
            if isinstance(field, EuroField):
                field.asks_about_jumps = False
            if isinstance(field, RecordField):
                self.initial[name] = _named(instance, name)
        self.data = {
            name: given.get(name, self.get_initial_for_field(field, name)) for name, field in self.fields.items()
        }

    def lack(self, names: set[str]) -> None:
        """Leave out these fields, whose cell could not be read: the rules see them as they see an invalid value."""
        for name in names & self.fields.keys():
            self.data[name], self.fields[name].required = None, True

    def get_options(self) -> dict:
        """Return further keyword arguments of the panel's form."""
        return {}


class NamesakesLine(LineForm):
    """A line whose column `different_from` answers the question about records with a similar name."""

    different_from = None

    def notice_look_alikes(self):
        is_asked = {"name", "acronym", "orcid", "ror"} & set(self.changed_data) and self.cleaned_data.get("name")
        if is_asked and not self.given.get("different_from"):
            for record in self.look_alikes():
                self.add_error("name", ValidationError(self.said_of(record), code="look_alike"))


def _named(instance, name):
    """Return the record in a foreign key of the instance, or None."""
    try:
        attname = instance._meta.get_field(name).attname
    except FieldDoesNotExist:  # a field of the form only
        return None
    return getattr(instance, name) if instance.__dict__.get(attname) is not None else None
