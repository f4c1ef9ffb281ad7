"""Write workbooks that the import can read: the empty template of a kind, and the cluster's portfolio."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Cluster
from clusters.perms import has_role
from core.exports import EUROS
from imports.columns import Column, Day, Euros
from imports.kinds import KINDS, Kind

# Number of lines in a template with a drop-down list of the allowed words.
OFFERED_LINES = 2_000
# Spreadsheets reject a longer list.
MAX_LIST_LENGTH = 250
WIDTH, WIDE = 24, 60


def template_of(kinds: Iterable[Kind]) -> bytes:
    """Return an empty workbook with a sheet and an example line for each kind, and a sheet of explanations."""
    book = _book()
    for kind in kinds:
        sheet = _sheet(book, kind, [[str(column.example) for column in kind.columns]])
        _offer_words(sheet, kind)
    _explain(book.create_sheet(_("Explanations")), kinds)
    return _bytes(book)


def portfolio_of(cluster: Cluster, user: User, kinds: Iterable[Kind]) -> bytes:
    """Return a workbook with the cluster's records of these kinds, in the import's columns."""
    return counted_portfolio(cluster, user, kinds)[0]


def counted_portfolio(cluster: Cluster, user: User, kinds: Iterable[Kind]) -> tuple[bytes, int]:
    """Return the portfolio's workbook and its number of records."""
    run, book, rows = SimpleNamespace(cluster=cluster, by=user), _book(), 0
    for kind in kinds:
        lines = list(_lines(run, kind))
        _sheet(book, kind, lines)
        rows += len(lines)
    return _bytes(book), rows


def _lines(run: Any, kind: Kind) -> Iterator[list[Any]]:
    for record in kind.exported(run):
        yield [column.of(record) for column in kind.columns]


def _book():
    # Imported on first use: it takes 9 MB per process, and most never write a workbook.
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    return book


def _sheet(book, kind: Kind, lines: Iterable[list[Any]]):
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(str(kind.label))
    sheet.freeze_panes = "A2"
    for at, column in enumerate(kind.columns, 1):
        cell = sheet.cell(1, at, capfirst(str(column.label)))
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = WIDTH
    for number, line in enumerate(lines, 2):
        for at, (column, value) in enumerate(zip(kind.columns, line, strict=True), 1):
            _write(sheet.cell(number, at), column, value)
    return sheet


def _write(cell, column: Column, value: Any) -> None:
    """Write a value with its type. Text stays text whatever it begins with: no cell of this site is a formula."""
    if value == "":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(column, Euros):
        cell.number_format = EUROS
    elif isinstance(column, Day):
        cell.number_format = "yyyy-mm-dd"


def _offer_words(sheet, kind: Kind) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(kind.columns, 1):
        words = ",".join(column.allowed())
        if not words or len(words) > MAX_LIST_LENGTH or words.count(",") >= len(column.allowed()):
            continue
        letter = get_column_letter(at)
        offer = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        sheet.add_data_validation(offer)
        offer.add(f"{letter}2:{letter}{OFFERED_LINES}")


def _explain(sheet, kinds: Iterable[Kind]) -> None:
    from openpyxl.styles import Alignment, Font

    rows = [(_("Sheet"), _("Column"), _("Must be filled in"), _("Holds"), _("Allowed words"), _("What it is"))]
    for kind in kinds:
        rows.append((str(kind.label), "", "", "", "", str(kind.help)))
        for column in kind.columns:
            needed = _("yes") if column.is_required else ""
            words = ", ".join(column.allowed())
            rows.append(
                (str(kind.label), capfirst(str(column.label)), needed, str(column.holds), words, str(column.help))
            )
    rows.append(
        ("", "", "", "", "", _("An empty cell changes nothing. Delete the example lines before you bring the file."))
    )
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row, 1):
            cell = sheet.cell(number, at, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (WIDTH, WIDTH, WIDTH, WIDTH, WIDE, WIDE), strict=True):
        sheet.column_dimensions[letter].width = width


def _bytes(book) -> bytes:
    with BytesIO() as content:
        book.save(content)
        return content.getvalue()


def kinds_for(user: User, cluster: Cluster) -> list[Kind]:
    """Return the kinds that the user may import into a cluster."""
    return [kind for kind in KINDS if has_role(user, cluster.pk, kind.roles)]
