"""Renders tables of figures as HTML without templates: a template would take longer for the cells than their sums take."""

from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clusters.templatetags.records import source_link
from core.money import euros, number
from figures.enums import Made
from figures.formatting import ratio
from figures.tables import Cell, Column, Row, Sort, Table

WRITTEN = {
    Sort.EUROS: euros,
    Sort.NUMBER: number,
    Sort.RATIO: ratio,
    Sort.DATE: date_format,
    Sort.TEXT: str,
    Sort.LINK: str,
}
# Aligned like words; all other columns are aligned like digits.
WORDS = (Sort.TEXT, Sort.DATE, Sort.LINK)


def written(cell: Cell) -> str:
    """Return a value in the reader's language, by the column's sort; a dash for None."""
    return "—" if cell.value is None else WRITTEN[cell.column.sort](cell.value)


class Writer:
    """Renders cells. Equal amounts, such as zero, occur often: each is formatted once."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, object], str] = {}

    def cell(self, cell: Cell) -> str:
        column, value, url = cell
        key = (column.name, value)
        if (text := self.known.get(key)) is None:
            text = self.known[key] = escape(written(cell))
            if column.sort == Sort.DATE and value:
                text = self.known[key] = f'<time datetime="{value.isoformat()}">{text}</time>'
            elif column.sort == Sort.LINK and value:
                text = self.known[key] = source_link(str(value))
        return f'<a href="{url.replace("&", "&amp;")}">{text}</a>' if url else text

    def cells(self, cells: list[Cell], classes: list[str], mark: str) -> str:
        """Return the cells of a row as HTML; `classes` are the class attributes of its columns."""
        texts = [f"<td{name}>{self.cell(cell)}</td>" for name, cell in zip(classes, cells, strict=True)]
        texts[0] = f'<th scope="row">{self.cell(cells[0])}{mark}</th>'
        return "".join(texts)


def list_html(table: Table) -> SafeString:
    """Return the sums of a table's rows as description lists."""
    writer = Writer()
    return mark_safe("".join(f'<dl class="figures-sums">{_sums(writer, cells)}</dl>' for _row, cells in table.lines))


def _sums(writer: Writer, cells: list[Cell]) -> str:
    return "".join(
        f'<div class="sum-{cell.column.name}"><dt>{escape(str(cell.column.label))}</dt>'
        f'<dd class="amount">{writer.cell(cell)}</dd></div>'
        for cell in cells[1:]
    )


def table_html(table: Table, key: str, is_public: bool) -> SafeString:
    """Return a table as HTML, whose sums link to the entries behind them. `key` is its unique id in the page."""
    heads = "".join(_head(table, column) for column in table.shown)
    writer, tells = Writer(), table.is_mixed and not is_public
    classes = ["" if column.sort in WORDS else _AMOUNT for column in table.shown]
    rows = "".join(
        f"<tr>{writer.cells(cells, classes, _mark(row) if tells else '')}</tr>" for row, cells in table.lines
    )
    foot = f"<tfoot><tr>{writer.cells(table.foot_cells, classes, '')}</tr></tfoot>" if table.foot else ""
    return mark_safe(
        f'<div class="figures-table" role="group" tabindex="0" aria-labelledby="{key}-caption"><table class="table">'
        f'<caption class="visually-hidden" id="{key}-caption">{escape(table.title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>{foot}</table></div>"
    )


def _head(table: Table, column: Column) -> str:
    """Return a column's heading; a link that sorts by it if the table can be sorted."""
    label, number = escape(str(column.label)), "" if column.sort in WORDS else _NUMBER
    if table.order is None or column.sort == Sort.LINK:
        return f'<th scope="col"{number}>{label}</th>'
    link = f'<a href="{escape(table.order.link(column))}" rel="nofollow">{label}</a>'
    return f'<th scope="col"{number}{table.order.attribute(column)}>{link}</th>'


_NUMBER = ' class="number"'
_AMOUNT = ' class="amount"'


def _mark(row: Row) -> str:
    if row.made == Made.NO:
        return ""
    said = _("Demonstration") if row.made == Made.YES else _("Partly demonstration")
    return f' <span class="origin origin-demonstration">{escape(said)}</span>'
