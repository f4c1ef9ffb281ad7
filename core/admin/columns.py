"""The columns of an export: those that the list shows, and more that its admin declares.

A column gives the text that the list shows. If it is sorted by an amount, number or date, it gives that
value, so that a spreadsheet can calculate with it.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Any

from django import forms
from django.contrib.admin.utils import display_for_value, get_fields_from_path, label_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.history import label_of
from core.exports import Value
from core.model_fields import EurosField
from core.money import euros

# Fields that are exported as values and not as text.
VALUES = (models.DecimalField, models.IntegerField, models.DateField)


@dataclass(frozen=True)
class ExportColumn:
    """A column: its name, its heading, a function that returns a record's value, and the relation to join for it."""

    name: str
    label: str
    value: Callable[[Any], Value]
    related: str = ""
    is_money: bool = False
    # The annotation to add to the query under the column's name, if the database computes the value.
    expression: Any = None

    def shown(self, record, empty: str):
        """Return the value formatted for the list on the screen."""
        value = self.value(record)
        if self.is_money and value is not None:
            return euros(value)
        return display_for_value(value, empty)


class ColumnsForm(forms.Form):
    """The choice of a list's columns."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one column.")},
    )

    def __init__(self, data, *, columns: dict[str, ExportColumn], chosen, **options):
        super().__init__(data, **options)
        self.initial["columns"] = chosen
        self.fields["columns"].choices = [(column.name, column.label) for column in columns.values()]


def columns_of(page, request) -> dict[str, ExportColumn]:
    """Return all columns that this user can export, by name, the list's own first."""
    shown = [_column(page, name) for name in page.get_list_display(request)]
    more = [_column(page, name) for name in page.export_columns]
    computed = page.get_computed_columns(request) if hasattr(page, "get_computed_columns") else []
    return {column.name: column for column in (*shown, *more, *computed)}


def computed_column(name: str, label: Any, expression: Any) -> ExportColumn:
    """Return a column of euros that the database computes by `expression`."""
    return ExportColumn(name, str(label), lambda record: getattr(record, name), is_money=True, expression=expression)


def with_computed(records, columns):
    """Return the records with the annotations of these columns."""
    return records.annotate(**{column.name: column.expression for column in columns if column.expression is not None})


def related_of(columns) -> list[str]:
    """Return the relations that these columns need in `select_related`."""
    return sorted({column.related for column in columns if column.related})


def _column(page, name: str) -> ExportColumn:
    if (fields := _fields(page.model, name)) is not None:
        return _of_path(name, fields)
    method = getattr(page, name, None) if name != "__str__" else None
    label = capfirst(str(label_for_field(name, page.model, page)))
    ordered = _fields(page.model, getattr(method, "admin_order_field", "") or "")
    if ordered is not None and isinstance(ordered[-1], VALUES) and not ordered[-1].flatchoices:
        path = method.admin_order_field
        return ExportColumn(name, label, _reading(path), _related(path), isinstance(ordered[-1], EurosField))
    return ExportColumn(name, label, lambda record: plain(method(record) if method else str(record)))


def _fields(model, path: str):
    if not path or path == "__str__":
        return None
    try:
        return get_fields_from_path(model, path)
    except FieldDoesNotExist:
        return None


def _of_path(path: str, fields) -> ExportColumn:
    label = " · ".join(capfirst(str(label_of(field))) for field in fields)
    last = fields[-1]
    related = path if isinstance(last, models.ForeignKey) else _related(path)
    return ExportColumn(path, label, _reading(path), related, isinstance(last, EurosField))


def _related(path: str) -> str:
    return path.rpartition(LOOKUP_SEP)[0]


def _reading(path: str) -> Callable[[Any], Value]:
    *steps, name = path.split(LOOKUP_SEP)

    def read(record) -> Value:
        for step in steps:
            record = getattr(record, step)
            if record is None:
                return None
        said = getattr(record, f"get_{name}_display", None)
        return plain(said() if said else getattr(record, name))

    return read


def plain(value: Any) -> Value:
    """Return a value for a file: numbers and dates unchanged, moments in local time, everything else as plain text."""
    if value is None or value == "" or value == "—":
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, int | Decimal | datetime.date):
        return value
    if hasattr(value, "__html__"):
        return unescape(strip_tags(str(value)))
    return str(value)
