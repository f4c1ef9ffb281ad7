"""A public figure as CSV and as JSON: the rows of its page."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.exports import Value
from figures.catalogue.figure import PublicFigure, is_made_up
from figures.dated import Dates
from figures.tables import Column, Row, Table


def columns_of(figure: PublicFigure) -> list[Column]:
    """Return the columns of its tables, each once."""
    columns = {column.name: column for one in figure.exhibits for column in one.table.columns}
    return list(columns.values())


def csv_header(figure: PublicFigure, dates: Dates) -> list[str]:
    return [*dates.headings(), _("Demonstration"), *(str(column.label) for column in columns_of(figure))]


def csv_lines(figure: PublicFigure, dates: Dates) -> Iterator[list[Value]]:
    """Yield a line for each row and for each total."""
    columns = columns_of(figure)
    for one in figure.exhibits:
        said = _("yes") if is_made_up(one.table) else _("no")
        foot = [one.table.foot] if one.table.foot else []
        for row in [*one.table.rows, *foot]:
            yield [*dates.cells(), said, *_values(one.table, row, columns)]


def as_json(figure: PublicFigure, dates: Dates) -> dict[str, Any]:
    """Return the figure with its definition, sources and date; each row says whether it is made up."""
    columns = columns_of(figure)
    return {
        "slug": figure.slug,
        "title": figure.title,
        "definition": figure.definition,
        "sources": [str(source) for source in figure.sources],
        **dates.query,
        "unit": figure.unit,
        "columns": [{"name": one.name, "label": str(one.label), "kind": one.sort.value} for one in columns],
        "rows": [_record(one.table, row, columns) for one in figure.exhibits for row in one.table.rows],
        "totals": [_record(one.table, one.table.foot, columns) for one in figure.exhibits if one.table.foot],
    }


def _record(table: Table, row: Row, columns: list[Column]) -> dict[str, Any]:
    values = zip(columns, _values(table, row, columns), strict=True)
    return {"demonstration": is_made_up(table), **{column.name: _plain(value) for column, value in values}}


def _values(table: Table, row: Row, columns: list[Column]) -> list[Any]:
    own = {column.name for column in table.columns}
    return [row.value(column) if column.name in own else None for column in columns]


def _plain(value: Any) -> Any:
    """Return an amount as a JSON number: 15 digits hold the cents of any amount here."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value is None or isinstance(value, int) else str(value)
