"""How figures are written in pages, and the blocks that they lend to the pages of other apps."""

from django import template
from django.utils.formats import date_format

from clusters.money import euros, number
from reports.tables import Cell, Sort
from reports.words import ratio

register = template.Library()

WRITTEN = {
    Sort.EUROS: euros,
    Sort.NUMBER: number,
    Sort.RATIO: ratio,
    Sort.DATE: date_format,
    Sort.TEXT: str,
}


@register.filter
def written(cell: Cell) -> str:
    """Show a value as the reader's language writes its sort; a dash where there is none."""
    if cell.value is None:
        return "—"
    return WRITTEN[cell.column.sort](cell.value)


@register.filter
def is_number(cell: Cell) -> bool:
    return cell.column.sort not in (Sort.TEXT, Sort.DATE)
