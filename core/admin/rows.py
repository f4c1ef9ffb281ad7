"""The rows of a change list, as Django's `items_for_result` writes them, but prepared once per column.

Django looks up the field, the URL and the label of a choice anew for each of some four hundred cells.
"""

import datetime
from html import escape

from django.contrib.admin.templatetags.admin_list import ResultList, result_headers
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value, quote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.admin.columns import ExportColumn
from core.escaping import text_of

# A placeholder for the key in a record's URL, which is reversed once and then filled in for each row.
ANY = "any-record"


def table_of(changes: ChangeList) -> dict:
    """Return the context of `admin/change_list_results.html`."""
    shown = [changes.shows(name) for name in changes.list_display]
    headers = [header for header, is_shown in zip(result_headers(changes), shown, strict=True) if is_shown]
    columns = [Column(changes, name) for name, is_shown in zip(changes.list_display, shown, strict=True) if is_shown]
    for added in changes.added_columns:
        headers.append({"text": added.label, "sortable": False, "class_attrib": ""})
        columns.append(AddedColumn(added, changes.model_admin.get_empty_value_display()))
    address, records = _address(changes), list(changes.result_list)
    changes.model_admin.prepare_rows(records)
    if changes.has_boxes:
        box = mark_safe(' class="action-checkbox-column"')
        headers.insert(0, {"text": _("Choose"), "sortable": False, "class_attrib": box})
    return {
        "cl": changes,
        "result_headers": headers,
        "num_sorted_fields": sum(header["sortable"] and header["sorted"] for header in headers),
        "results": [ResultList(None, [_row(record, columns, address, changes)]) for record in records],
    }


def _address(changes: ChangeList) -> str:
    """Return the URL of a record's page, with `ANY` for the key and with the list's filters."""
    url = reverse(f"admin:{changes.opts.app_label}_{changes.opts.model_name}_change", args=[ANY])
    return add_preserved_filters({"preserved_filters": changes.preserved_filters, "opts": changes.opts}, url)


def _row(record, columns: list, address: str, changes: ChangeList) -> SafeString:
    links, cells = changes.list_display_links, []
    if changes.has_boxes:
        box = f'<input type="checkbox" name="chosen" value="{record.pk}" aria-labelledby="row-{record.pk}">'
        cells.append(f'<td class="action-checkbox">{box}</td>')
    for column in columns:
        text = column.shown(record)
        if column.name in links:
            tag = 'th scope="row"' if column.name == links[0] else "td"
            url, opener = escape(address.replace(ANY, str(quote(record.pk)), 1)), ""
            if changes.is_popup:
                opener = f' data-popup-opener="{text_of(record.serializable_value(changes.to_field or "pk"))}"'
            if changes.has_boxes and column.name == links[0]:
                opener = f' id="row-{record.pk}"'
            text = f'<a href="{url}"{opener}>{text}</a>'
        else:
            tag = "td"
        cells.append(f'<{tag} class="{column.classes(record)}">{text}</{tag[:2]}>')
    return mark_safe("".join(cells))


def truth_of(value: bool | None) -> SafeString:
    """Return Django's icon of a boolean with an alternative text in the reader's language; Django's is True, False or None."""
    icon, name = {True: ("yes", _("yes")), False: ("no", _("no")), None: ("unknown", _("unknown"))}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{icon}.svg"), name)


class AddedColumn:
    """A column that a saved view adds to the list."""

    def __init__(self, column: ExportColumn, empty: str):
        self.column, self.name, self.empty = column, column.name, empty

    def shown(self, record) -> str:
        return text_of(self.column.shown(record, self.empty))

    def classes(self, record) -> str:
        return "nowrap" if self.column.is_money else ""


class Column:
    """A column of a list: a field, or a method of the admin."""

    def __init__(self, changes: ChangeList, name: str):
        self.name, self.model_admin = name, changes.model_admin
        self.empty = changes.model_admin.get_empty_value_display()
        self.known: dict = {}
        try:
            self.field = changes.lookup_opts.get_field(name)
        except FieldDoesNotExist:
            self.field = None
        self.method = getattr(changes.model_admin, name, None) if self.field is None and name != "__str__" else None
        self.is_boolean = getattr(self.method, "boolean", False) or isinstance(self.field, models.BooleanField)
        self.is_related = isinstance(self.field, models.ForeignKey)
        is_moment = isinstance(self.field, models.DateField | models.TimeField)
        self.fixed_classes = f"field-{name} nowrap" if self.is_related or is_moment else f"field-{name}"

    def value_of(self, record):
        if self.method is not None:
            return self.method(record)
        value = getattr(record, self.name)
        return value() if callable(value) else value

    def shown(self, record) -> str:
        value = self.last = self.value_of(record)
        if isinstance(value, str) and not value.strip():
            value = ""
        if self.is_boolean:
            return truth_of(value)
        if self.field is None:
            return text_of(display_for_value(value, self.empty))
        if self.is_related:
            return self.empty if value is None else text_of(str(value))
        if value not in self.known:
            self.known[value] = text_of(display_for_field(value, self.field, self.empty, avoid_link=True))
        return self.known[value]

    def classes(self, record) -> str:
        """Return the CSS classes of a cell. Call `shown` for the record first."""
        if self.field is None and isinstance(self.last, datetime.date | datetime.time):
            return f"field-{self.name} nowrap"
        return self.fixed_classes
