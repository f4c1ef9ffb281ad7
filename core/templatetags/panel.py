"""Template tags by which the panel differs from Django's: read-only values, and errors with links to their fields."""

from dataclasses import dataclass

from django import template
from django.contrib.admin.utils import flatten
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.template.defaultfilters import stringfilter
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import mark_safe

from core.admin.form_lines import lines_of
from core.admin.form_rows import rows_of
from core.admin.rows import table_of, truth_of
from core.admin.table_rows import table_rows_of
from core.model_fields import EurosField
from core.money import euros
from core.typography import keep_days_together

register = template.Library()


@register.filter
def shown(readonly):
    """Return a read-only value, with euros and numbers formatted as on every other page."""
    name, record = readonly.field["field"], readonly.form.instance
    try:
        field = record._meta.get_field(name) if isinstance(name, str) else None
    except FieldDoesNotExist:
        field = None
    if isinstance(field, models.BooleanField) and not field.choices:
        return truth_of(getattr(record, name))
    value = getattr(record, name) if isinstance(field, models.DecimalField) else None
    if value is None:
        text = readonly.contents()
        # A method returned None, which Django prints as text.
        return readonly.empty_value_display if text == str(None) else text
    if isinstance(field, EurosField):
        return euros(value)
    # Without trailing zeros: a number that is no amount has no cents.
    text = f"{value:f}"
    return number_format(text.rstrip("0").rstrip(".") if "." in text else text)


@register.filter(is_safe=True)
@stringfilter
def unbroken_days(text):
    """Return the text with non-breaking dates."""
    return keep_days_together(text)


@register.simple_tag
def list_table(changes):
    """Return the table of a list."""
    return mark_safe(changes.table(lambda: render_to_string("admin/change_list_results.html", table_of(changes))))


@register.simple_tag
def form_lines(fieldset):
    """Return the lines of a fieldset, each with its fields."""
    return lines_of(fieldset, shown)


@register.simple_tag
def form_rows(rows):
    """Return the rows of a stacked inline."""
    return rows_of(rows, shown)


@register.simple_tag
def table_rows(rows):
    """Return the rows of a tabular inline."""
    return table_rows_of(rows, shown)


@register.filter
def is_folded(fieldset) -> bool:
    """Return whether a fieldset is collapsed.

    Never if it has an error; Django only checks fields that stand alone on their line.
    """
    return "collapse" in fieldset.classes and not set(flatten(fieldset.fields)) & set(fieldset.form.errors)


@register.filter
def rows_are_folded(rows) -> bool:
    """Return whether an inline is collapsed: never if it or one of its rows has an error."""
    wrong = rows.formset.is_bound and (rows.formset.non_form_errors() or any(rows.formset.errors))
    return "collapse" in rows.classes and not wrong


@dataclass(frozen=True)
class Mistake:
    """An error of a page: the label of its field, the text, and the id to link to."""

    label: str
    text: str
    place: str


@register.simple_tag
def mistakes(adminform, inline_admin_formsets) -> list[Mistake]:
    """Return the errors of a page's form and inlines, in the page's order."""
    found = _in_form(adminform.form)
    for rows in inline_admin_formsets:
        if not rows.formset.is_bound:
            continue
        group = f"{rows.formset.prefix}-group"
        heading = str(rows.opts.verbose_name_plural)
        found += [Mistake(heading, text, group) for text in rows.formset.non_form_errors()]
        for form in rows.formset.forms:
            found += [Mistake(heading, text, form.prefix) for text in form.non_field_errors()]
            found += _in_form(form)
    return found


def _in_form(form) -> list[Mistake]:
    fields = [field for field in form if field.errors]
    return [
        Mistake(field.label, text, field.id_for_label or field.auto_id) for field in fields for text in field.errors
    ]
