"""Writes the tables of figures as HTML: hundreds of cells, each of which would cost a template more than its sum cost."""

from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.money import euros, number
from figures.enums import Made
from figures.formatting import ratio
from figures.tables import Cell, Row, Sort, Table

WRITTEN = {
    Sort.EUROS: euros,
    Sort.NUMBER: number,
    Sort.RATIO: ratio,
    Sort.DATE: date_format,
    Sort.TEXT: str,
}
# Read from left to right like words; everything else stands in columns of digits.
WORDS = (Sort.TEXT, Sort.DATE)
FIGURES = (Sort.EUROS, Sort.NUMBER, Sort.RATIO)


def written(cell: Cell) -> str:
    """Return a value as the reader's language writes its sort; a dash where there is none."""
    return "—" if cell.value is None else WRITTEN[cell.column.sort](cell.value)


def cell_html(cell: Cell) -> str:
    # Figures hold nothing to escape.
    text = written(cell) if cell.column.sort in FIGURES else escape(written(cell))
    if cell.url:
        return f'<a href="{escape(cell.url)}">{text}</a>'
    if cell.column.sort == Sort.DATE and cell.value:
        return f'<time datetime="{cell.value.isoformat()}">{text}</time>'
    return text


def list_html(table: Table) -> SafeString:
    """Return the sums of a table's rows as lists."""
    return mark_safe("".join(f'<dl class="figures-sums">{_sums(cells)}</dl>' for _row, cells in table.lines))


def _sums(cells: list[Cell]) -> str:
    return "".join(
        f'<div class="sum-{cell.column.name}"><dt>{escape(str(cell.column.label))}</dt>'
        f'<dd class="amount">{cell_html(cell)}</dd></div>'
        for cell in cells[1:]
    )


def table_html(table: Table, key: str, is_public: bool) -> SafeString:
    """Return a table; each sum opens the entries behind it. `key` is its own in the page."""
    heads = "".join(
        f'<th scope="col"{"" if column.sort in WORDS else _NUMBER}>{escape(str(column.label))}</th>'
        for column in table.shown
    )
    tells = table.is_mixed and not is_public
    rows = "".join(f"<tr>{_cells(cells, _mark(row) if tells else '')}</tr>" for row, cells in table.lines)
    foot = f"<tfoot><tr>{_cells(table.foot_cells, '')}</tr></tfoot>" if table.foot else ""
    return mark_safe(
        f'<div class="figures-table" role="group" tabindex="0" aria-labelledby="{key}-caption"><table class="table">'
        f'<caption class="visually-hidden" id="{key}-caption">{escape(table.title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>{foot}</table></div>"
    )


_NUMBER = ' class="number"'
_AMOUNT = ' class="amount"'


def _cells(cells: list[Cell], mark: str) -> str:
    first, *others = cells
    return f'<th scope="row">{cell_html(first)}{mark}</th>' + "".join(
        f"<td{'' if cell.column.sort in WORDS else _AMOUNT}>{cell_html(cell)}</td>" for cell in others
    )


def _mark(row: Row) -> str:
    if row.made == Made.NO:
        return ""
    said = _("Demonstration") if row.made == Made.YES else _("Partly demonstration")
    return f' <span class="origin origin-demonstration">{escape(said)}</span>'
