"""Tables as files: CSV and XLSX, with numbers and dates as such, and no cell that a spreadsheet would run."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A spreadsheet treats a text that begins like this as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
EUROS, DATE = "#,##0.00", "yyyy-mm-dd"
# What XML, and so a workbook, cannot hold.
CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)}
# Wide enough for an amount, narrow enough to see several.
COLUMN_WIDTH = 18

Value = str | int | Decimal | datetime.date | None


def respond(form: str, name: str, header: Sequence[str], lines: Iterable[Sequence[Value]]) -> HttpResponse:
    """Return the table as a download called `name`, in one of CONTENT_TYPES."""
    content = {"csv": as_csv, "xlsx": as_xlsx}[form](header, lines)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers=headers)


def as_csv(header: Sequence[str], lines: Iterable[Sequence[Value]]) -> bytes:
    """Commas, points and ISO dates in every language: programs read it. The mark at its start tells Excel it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(title) for title in header])
    for line in lines:
        writer.writerow(["" if value is None else safe(value) for value in line])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(header: Sequence[str], lines: Iterable[Sequence[Value]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    sheet.append([_cell(sheet, title, font=Font(bold=True)) for title in header])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def safe(value: Value) -> Value:
    """Return a text that no spreadsheet treats as a formula. Numbers and dates are returned unchanged."""
    if not isinstance(value, str):
        return value
    text = value.translate(CONTROLS)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(sheet: WriteOnlyWorksheet, value: Value, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, safe(value))
    if isinstance(value, Decimal):
        # A ratio keeps its four places.
        cell.number_format = EUROS if value == round(value, 2) else "0.0000"
    elif isinstance(value, datetime.date):
        cell.number_format = DATE
    if font:
        cell.font = font
    return cell
