"""The rows of a tabular inline, written in Python and not by the loops of Django's `tabular.html`."""

from django.contrib.admin.templatetags.admin_modify import cell_count
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.admin.form_lines import is_hidden, name_of
from core.admin.form_rows import way_to
from core.escaping import attributes, text_of


def table_rows_of(rows, shown) -> SafeString:
    """Return the HTML of the rows, and of the empty row if the user may add one. `shown` formats a read-only field."""
    written = [_row(rows, row, str(number), shown) for number, row in enumerate(rows.filled)]
    if rows.has_add_permission:
        written.append(_row(rows, rows.empty, "empty", shown))
    return mark_safe("\n".join(written))


def _row(rows, row, place: str, shown) -> str:
    classes = ["form-row"]
    classes += ["has_original"] if row.original or row.show_url else []
    classes += ["empty-form"] if row is rows.empty else []
    attrs = {"class": " ".join(classes), "id": f"{rows.formset.prefix}-{place}"}
    cells = "".join(_cell(field, shown) for fieldset in row for line in fieldset for field in line)
    inside = f'<td class="original">{_original(rows, row)}</td>{cells}<td class="delete">{_deletion(rows, row)}</td>'
    return f"{_errors(row)}<tr{attributes(attrs)}>{inside}</tr>"


def _errors(row) -> str:
    wrong = row.form.non_field_errors() if row.form.is_bound else ""
    return f'<tr class="row-form-errors"><td colspan="{cell_count(row)}">{wrong}</td></tr>' if wrong else ""


def _original(rows, row) -> str:
    """Return the row's name with the ways to its pages, and its hidden fields."""
    name = f"{text_of(row.original)}{way_to(rows, row)}" if row.original else ""
    if row.show_url:
        label = _("View on site")
        name += f"<a{attributes({'href': row.absolute_url})}>{label}</a>"
    key = row.pk_field().field if row.needs_explicit_pk_field() else ""
    owner = row.fk_field().field if rows.formset.fk else ""
    return f"{f'<p>{name}</p>' if name else ''}{key}{owner}"


def _cell(field, shown) -> str:
    classes = [f"field-{name_of(field)}" if name_of(field) else "", "hidden" if is_hidden(field) else ""]
    if field.is_readonly:
        inside = f"<p>{text_of(shown(field))}</p>"
    else:
        errors = field.field.errors.as_ul() if field.field.form.is_bound else ""
        inside = f"{errors}{field.field}"
    return f"<td{attributes({'class': ' '.join(filter(None, classes))})}>{inside}</td>"


def _deletion(rows, row) -> str:
    may = rows.formset.can_delete and rows.has_delete_permission and row.original
    return str(row.deletion_field().field) if may else ""
