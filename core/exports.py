"""Tables as files: CSV, XLSX and JSON, with typed numbers and dates, and no cell that a spreadsheet would execute.

Rows are written as they are read: neither the rows nor the file are in memory as a whole.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from core.languages import is_french

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A further format of the panel's lists.
JSON = "application/json"
# A spreadsheet treats a text that begins like this as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# The same within a text: a spreadsheet of another country takes its commas, semicolons and lines for the ends of cells, quoted or not.
# A list with dashes and a negative number are none.
FORMULA_WITHIN = re.compile(r"(?<=[,;\t\r\n])(?=\s*[=@＝＠]|[+＋\-－][^\r\n]*[(!|])")
EUROS, DATE, MOMENT_FORMAT = "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
# Characters that XML, and so a workbook, cannot contain.
CONTROLS = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}
# Bytes of a file to send at a time.
CHUNK_SIZE = 64 * 1024
# In characters: wide enough for an amount, narrow enough to see several columns.
COLUMN_WIDTH = 18
# The maximum length of a sheet's name in a spreadsheet.
SHEET_NAME_LENGTH = 31
# The file in a workbook with the time of its creation.
PROPERTIES, MOMENT = "docProps/core.xml", re.compile(rb"(<dcterms:\w+[^>]*>)[^<]*(</dcterms:\w+>)")

Value = str | int | Decimal | datetime.date | None


def respond(form: str, name: str, header: Sequence[str], lines: Iterable[Sequence[Value]]) -> StreamingHttpResponse:
    """Return the table as a download called `name`, in one of CONTENT_TYPES."""
    return download(form, name, {"csv": as_csv, "xlsx": as_xlsx}[form](header, lines))


def respond_list(
    form: str, name: str, header: Mapping[str, str], lines: Iterable[Sequence[Value]]
) -> StreamingHttpResponse:
    """Return a list of the panel as a download (`list_content`)."""
    return download(form, name, list_content(form, name, header, lines))


def download(form: str, name: str, content: Iterable[bytes]) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return StreamingHttpResponse(content, content_type=CONTENT_TYPES.get(form, JSON), headers=headers)


def list_content(
    form: str,
    name: str,
    header: Mapping[str, str],
    lines: Iterable[Sequence[Value]],
    totals: Sequence[tuple[str, Value]] = (),
) -> Iterator[bytes]:
    """Return the file of a list of the panel. `header` maps the columns' names, which JSON uses, to their headings.

    The files are for people: a CSV is in the format of their own spreadsheet, and text in a
    workbook stays unchanged. Totals stand beside the table and never in it: on their own sheet, or
    beside the records in JSON. A CSV has no totals.
    """
    titles = list(header.values())
    if form == "csv":
        return as_readers_csv(titles, lines)
    if form == "xlsx":
        return as_xlsx(titles, lines, as_written=True, sheet_name=name, totals=totals)
    return as_json(list(header), lines, totals)


class _Written:
    """A file for `csv.writer` that returns each written line."""

    def write(self, text: str) -> str:
        return text


def as_csv(header: Sequence[str], lines: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Yield a CSV for programs: commas, decimal points and ISO dates in every language. It has a BOM, so that Excel reads UTF-8."""
    writer = csv.writer(_Written())
    yield writer.writerow([safe_in_csv(title) for title in header]).encode("utf-8-sig")
    for line in lines:
        yield writer.writerow(["" if value is None else safe_in_csv(value) for value in line]).encode()


def as_readers_csv(header: Sequence[str], lines: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Yield a CSV for the reader's own spreadsheet: a French one expects semicolons and decimal commas."""
    french = is_french()
    writer = csv.writer(_Written(), delimiter=";" if french else ",")
    yield writer.writerow([safe_in_csv(title) for title in header]).encode("utf-8-sig")
    for line in lines:
        yield writer.writerow([_readers(value, french) for value in line]).encode()


def _readers(value: Value, french: bool) -> Value:
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",") if french else f"{value:f}"
    return "" if value is None else safe_in_csv(value)


def as_json(
    names: Sequence[str], lines: Iterable[Sequence[Value]], totals: Sequence[tuple[str, Value]] = ()
) -> Iterator[bytes]:
    """Yield an array with one object per row; amounts are numbers, dates and moments ISO texts.

    With totals, the array is `records` of an object that also has the `totals` by label.
    """
    if totals:
        said = json.dumps({str(label): _plain_json(value) for label, value in totals}, ensure_ascii=False)
        yield f'{{"totals": {said}, "records": '.encode()
        yield from as_json(names, lines)
        yield b"}\n"
        return
    start = "["
    for line in lines:
        row = dict(zip(names, map(_plain_json, line), strict=True))
        yield (start + "\n" + json.dumps(row, ensure_ascii=False)).encode()
        start = ","
    yield b"[]\n" if start == "[" else b"\n]\n"


def _plain_json(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        # Amounts have at most twelve digits, which a float represents exactly enough to print.
        return float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def as_xlsx(
    header: Sequence[str],
    lines: Iterable[Sequence[Value]],
    *,
    as_written: bool = False,
    sheet_name: str = "",
    totals: Sequence[tuple[str, Value]] = (),
) -> Iterator[bytes]:
    """Yield a workbook with one sheet, and a second one if there are totals.

    With `as_written`, text is stored unchanged as text; otherwise a leading formula sign is quoted.
    """
    # Imported on first use: it takes 9 MB per process, and most never write a workbook.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _fill(book.create_sheet(sheet_name[:SHEET_NAME_LENGTH] or None), header, lines, as_written)
    if totals:
        _fill(
            book.create_sheet(_("Totals")),
            [_("What"), _("Total")],
            [(str(one), sum_) for one, sum_ in totals],
            as_written,
        )
    content = TemporaryFile()
    book.save(content)
    yield from chunks_of(content)


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file that was written, from its beginning, and close it."""
    with file:
        file.seek(0)
        yield from iter(partial(file.read, CHUNK_SIZE), b"")


class Sheet(NamedTuple):
    """A sheet of a workbook. Its name is shortened to the maximum length, and made unique."""

    name: str
    header: Sequence[str]
    lines: Iterable[Sequence[Value]]


def as_workbook(sheets: Iterable[Sheet], at: datetime.datetime) -> bytes:
    """Return a workbook of several sheets. The same sheets and moment give the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name[:SHEET_NAME_LENGTH]), sheet.header, sheet.lines)
    moment = at.astimezone(datetime.UTC).replace(microsecond=0)
    with BytesIO() as content:
        book.save(content)
        return _dated(content, moment)


def _dated(content: BytesIO, moment: datetime.datetime) -> bytes:
    """Return the workbook with every timestamp of the library and the archive replaced by this moment."""
    written = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(content) as given, BytesIO() as dated:
        with ZipFile(dated, "w", ZIP_DEFLATED) as archive:
            for name in given.namelist():
                part = given.read(name)
                if name == PROPERTIES:
                    part = MOMENT.sub(rb"\g<1>" + written + rb"\g<2>", part)
                info = ZipInfo(name, moment.timetuple()[:6])
                info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
                archive.writestr(info, part)
        return dated.getvalue()


def _fill(
    sheet: WriteOnlyWorksheet, header: Sequence[str], lines: Iterable[Sequence[Value]], as_written: bool = False
) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    sheet.append([_cell(sheet, title, font=Font(bold=True)) for title in header])
    for line in lines:
        sheet.append([_cell(sheet, value, as_written=as_written) for value in line])


def safe_in_csv(value: Value) -> Value:
    """Return a text of which no spreadsheet treats a part as a formula, whichever characters it takes for the ends of cells."""
    text = safe(value)
    return FORMULA_WITHIN.sub("'", text) if isinstance(text, str) else text


def safe(value: Value) -> Value:
    """Return a text that no spreadsheet treats as a formula. Numbers and dates are returned unchanged."""
    if not isinstance(value, str):
        return value
    text = value.translate(CONTROLS)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(sheet: WriteOnlyWorksheet, value: Value, font: Font | None = None, as_written: bool = False) -> WriteOnlyCell:
    # Imported on first use, like the rest.
    from openpyxl.cell import WriteOnlyCell

    if as_written and isinstance(value, str):
        cell = WriteOnlyCell(sheet, value.translate(CONTROLS))
        # Typed as text, so that no spreadsheet executes it.
        cell.data_type = "s"
        return cell
    cell = WriteOnlyCell(sheet, safe(value))
    if isinstance(value, Decimal):
        # A ratio keeps its four decimals.
        cell.number_format = EUROS if value == round(value, 2) else "0.0000"
    elif isinstance(value, datetime.date):
        cell.number_format = MOMENT_FORMAT if isinstance(value, datetime.datetime) else DATE
    if font:
        cell.font = font
    return cell
