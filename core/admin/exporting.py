"""Exports a list of the panel: all records that its URL shows, from all pages, with chosen columns."""

from collections.abc import Callable, Iterator
from itertools import islice
from tempfile import TemporaryFile

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.admin.columns import ColumnsForm, columns_of, related_of, with_computed
from core.admin.list_pages import ListPage
from core.admin.own_views import view_of
from core.exports import chunks_of, download, list_content
from core.models.lists import ExportFormat, ListExport
from core.one_moment import one_moment

# Records to fetch at a time.
CHUNK = 500
# The formats of a file. Addresses have their own page.
FILES = [ExportFormat.XLSX, ExportFormat.CSV, ExportFormat.JSON]
WITH_TOTALS = [ExportFormat.XLSX, ExportFormat.JSON]


def export_view(site, request, app_label, model_name):
    """Choose the columns of a list (GET); then export it as a file (POST)."""
    listed = ListPage(site, request, app_label, model_name)
    columns, view = columns_of(listed.page, request), view_of(request, listed.opts)
    chosen = view.columns if view else listed.page.get_list_display(request)
    form = ColumnsForm(request.POST or None, columns=columns, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        asked, chosen = request.POST.get("format"), [columns[name] for name in form.cleaned_data["columns"]]
        return export(listed, chosen, asked if asked in FILES else ExportFormat.XLSX)
    context = listed.context(title=_("Export"), form=form, formats=FILES, keep_url=listed.address("list_keep"))
    return TemplateResponse(request, "admin/export_list.html", context)


def export(listed: ListPage, columns, form: str):
    """Return the export as a file, and log it."""
    names = [column.name for column in columns]
    log_export(listed, form, lambda: _labels(listed, names), listed.count)
    name = f"{slugify(listed.opts.verbose_name_plural)}-{timezone.localdate():%Y-%m-%d}"
    # In the header for programs, the record's own column is named after the model.
    header = {listed.opts.model_name if column.name == "__str__" else column.name: column.label for column in columns}
    if hasattr(listed.page, "sums") and form in WITH_TOTALS:
        return download(form, name, _written(listed, form, name, header, columns))
    return download(form, name, list_content(form, name, header, _lines(listed, columns)))


def _written(listed: ListPage, form: str, name: str, header: dict[str, str], columns) -> Iterator[bytes]:
    """Return the file, read as of one moment: its totals are those of its rows, whatever is recorded meanwhile.

    It is written before the first byte is sent: no transaction is open for as long as somebody downloads.
    """
    file = TemporaryFile()
    with one_moment():
        file.writelines(list_content(form, name, header, _lines(listed, columns), _totals(listed)))
    return chunks_of(file)


def _totals(listed: ListPage) -> list:
    """Return the sums of the filtered list, to stand below it."""
    return listed.page.sums(listed.changes.queryset)


def _labels(listed: ListPage, names: list[str]) -> list[str]:
    columns = columns_of(listed.page, listed.request)
    return [columns[name].label for name in names]


def log_export(listed: ListPage, form: str, columns: Callable[[], list[str]], rows: int) -> None:
    """Log an export. `columns` returns their labels in the active language: the log has them in each."""
    ListExport.log(
        lambda: (listed.filters_in_active_language(), columns()),
        by=listed.request.user,
        list_of=listed.opts.label_lower,
        query=listed.noted_query,
        rows=rows,
        format=form,
    )


def _lines(listed: ListPage, columns):
    """Yield each record's values, with few records in memory at a time."""
    records = listed.changes.queryset
    # A column may need what the list on the screen defers.
    records = records.defer(None)
    if related := related_of(columns):
        records = records.select_related(*listed.changes.joined, *related)
    # The annotations of a saved view are in the list's query already.
    records = with_computed(records, [one for one in columns if one.name not in records.query.annotations])
    found = records.iterator(CHUNK)
    while some := list(islice(found, CHUNK)):
        listed.page.fetch_current(some)
        for record in some:
            yield [column.value(record) for column in columns]
