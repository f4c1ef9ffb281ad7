"""Lets a form of the panel judge a line: its cells in the place of what is posted, records as they were found."""

from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError

from core.form_fields import EuroField


class RecordField(forms.Field):
    """A record that the line named, already found."""

    def has_changed(self, initial, data):
        return getattr(initial, "pk", None) != getattr(data, "pk", None)


class RecordsField(forms.Field):
    """Several records."""

    def clean(self, value):
        return super().clean(value) or []

    def has_changed(self, initial, data):
        return {record.pk for record in initial or ()} != {record.pk for record in data or ()}


class LineForm:
    """Mixed into a form of the panel. What the line does not say stays as it is, or as a new record has it."""

    run: Any

    def __init__(self, run, instance, given: dict):
        super().__init__({}, instance=instance, **self.get_options())
        self.run, self.given = run, given
        for name, field in self.fields.items():
            # The page that shows what would change stands in the place of the question.
            field.show_hidden_initial = False
            if isinstance(field, EuroField):
                field.asks_about_jumps = False
            if isinstance(field, RecordField):
                self.initial[name] = _named(instance, name)
        self.data = {
            name: given.get(name, self.get_initial_for_field(field, name)) for name, field in self.fields.items()
        }

    def get_options(self) -> dict:
        """Return what else the panel's form asks for."""
        return {}


class NamesakesLine(LineForm):
    """With the question about records of a like name, which a column answers."""

    different_from = None

    def notice_look_alikes(self):
        is_asked = {"name", "acronym", "orcid", "ror"} & set(self.changed_data) and self.cleaned_data.get("name")
        if is_asked and not self.given.get("different_from"):
            for record in self.look_alikes():
                self.add_error("name", ValidationError(self.said_of(record), code="look_alike"))


def _named(instance, name):
    """Return the record that a field of the model names, where it has one."""
    try:
        attname = instance._meta.get_field(name).attname
    except FieldDoesNotExist:  # a field of the form alone
        return None
    return getattr(instance, name) if instance.__dict__.get(attname) is not None else None
