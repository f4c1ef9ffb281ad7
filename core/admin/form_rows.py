"""The rows of a stacked inline, written in Python and not by the loops of Django's `stacked.html`.

Half of such a page's controls are in the empty row, which the browser copies to add another. Where it
is the same for every record (`ScopedInline.is_empty_row_alike`), its HTML is cached with its form
class, as long as its lists offer the same choices.
"""

from typing import Any

from django.forms import HiddenInput, ModelChoiceField
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.admin.choices import KeySelect
from core.admin.form_lines import lines_of
from core.escaping import attributes, text_of


def rows_of(rows, shown) -> SafeString:
    """Return the HTML of the rows, and of the empty row if the user may add one. `shown` formats a read-only field."""
    written = [
        _row(rows, row, number, f"{_lines(row, shown)}{row.fk_field().field}") for number, row in enumerate(rows.filled)
    ]
    if rows.has_add_permission:
        lines = _kept_lines(rows, shown) if rows.keeps_empty_row else _lines(rows.empty, shown)
        written.append(_row(rows, None, len(written), f"{lines}{_owner(rows.formset)}"))
    return mark_safe("".join(written))


def _row(rows, row, number: int, inside: str) -> str:
    """Return the HTML of a row, or of the empty row if `row` is None."""
    classes = ["inline-related"]
    classes += ["has_original"] if row and (row.original or row.show_url) else []
    classes += [] if row else ["empty-form", "last-related"]
    attrs = {"class": " ".join(classes), "id": f"{rows.formset.prefix}-{number if row else 'empty'}"}
    wrong = row.form.non_field_errors() if row and row.form.is_bound else ""
    return f"<div{attributes(attrs)}>\n<h3>{_heading(rows, row, number)}</h3>\n{wrong}{inside}\n</div>"


def _heading(rows, row, number: int) -> str:
    colon, on_site = _(":"), _("View on site")
    label = f"{text_of(row.original)}{way_to(rows, row)}" if row and row.original else f"#{number + 1}"
    heading = f'<b>{text_of(capfirst(rows.opts.verbose_name))}{colon}</b> <span class="inline_label">{label}</span>'
    if row and row.show_url:
        heading += f"<a{attributes({'href': row.absolute_url})}>{on_site}</a>"
    if row and row.original and rows.formset.can_delete and rows.has_delete_permission:
        deletion = row.deletion_field()
        heading += f'<span class="delete">{deletion.field} {deletion.label_tag()}</span>'
    return heading


def way_to(rows, row) -> str:
    """Return a link to the row's own page if the inline shows one, else an empty text."""
    page = row.model_admin
    if not (page.show_change_link and page.has_registered_model):
        return ""
    name = f"admin:{page.opts.app_label}_{page.opts.model_name}_change"
    look, said = ("inlinechangelink", _("Change")) if rows.has_change_permission else ("inlineviewlink", _("View"))
    return f" <a{attributes({'href': reverse(name, args=[row.original.pk]), 'class': look})}>{said}</a>"


def _lines(row, shown) -> str:
    fieldsets = "".join(
        f'<fieldset class="module aligned {fieldset.classes}" role="none">\n{lines_of(fieldset, shown)}</fieldset>'
        for fieldset in row
    )
    return f"{fieldsets}{row.pk_field().field if row.needs_explicit_pk_field() else ''}"


def _owner(formset) -> str:
    """Return the hidden field of the empty row with the record's key."""
    name = f"{formset.add_prefix('__prefix__')}-{formset.fk.name}"
    return HiddenInput().render(name, formset.instance.pk, {"id": f"id_{name}"}, formset.renderer)


def _kept_lines(rows, shown) -> str:
    """Return the HTML of the empty row, cached as long as its lists offer the same choices."""
    kept, depends_on = rows.formset.kept_class, (rows.formset.prefix, rows.fieldsets, _offered(rows.formset.form))
    known = vars(kept).get("empty_lines")
    if known is None or known[0] != depends_on:
        known = kept.empty_lines = depends_on, _lines(rows.empty, shown)
    return known[1]


def _offered(form) -> list[list[tuple[Any, str]]]:
    """Return the choices of each select of a form. Autocomplete fields offer nothing beforehand."""
    fields = [field for field in form.base_fields.values() if isinstance(field, ModelChoiceField)]
    lists = [field for field in fields if not isinstance(getattr(field.widget, "widget", field.widget), KeySelect)]
    return [[(str(value), str(label)) for value, label in field.choices] for field in lists]
