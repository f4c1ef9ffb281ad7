"""The order of a figure's tables in the query string: `?sort=public_grant`, or `?sort=-public_grant` for the reverse."""

from dataclasses import dataclass

from core.text import fold
from figures.enums import Measure
from figures.tables import (
    CHAIRS,
    CLUSTER,
    CONTINUING,
    GRANT,
    LEVERAGE,
    LEVERAGE_AGREED,
    NAME,
    PEOPLE,
    SPIN_OFFS,
    SPONSORSHIPS,
    START_UPS,
    Column,
    Row,
    Sort,
    Table,
)

TURNED = "-"
# Texts and dates sort ascending by default; numbers descending.
RISING = (Sort.TEXT, Sort.DATE)
COLUMNS = (
    NAME,
    CLUSTER,
    SPONSORSHIPS,
    GRANT,
    LEVERAGE,
    LEVERAGE_AGREED,
    CHAIRS,
    PEOPLE,
    CONTINUING,
    START_UPS,
    SPIN_OFFS,
)
NAMES = frozenset([*(column.name for column in COLUMNS), *(measure.value for measure in Measure)])


@dataclass(frozen=True)
class Order:
    """The order of tables, and the URL to which a heading appends its column's name."""

    asked: str
    address: str

    @property
    def column(self) -> str:
        return self.asked.removeprefix(TURNED)

    def rises(self, column: Column) -> bool:
        return (column.sort in RISING) != self.asked.startswith(TURNED)

    def attribute(self, column: Column) -> str:
        """Return the `aria-sort` attribute of a heading; empty if the table is not sorted by it."""
        if column.name != self.column:
            return ""
        return f' aria-sort="{"ascending" if self.rises(column) else "descending"}"'

    def link(self, column: Column) -> str:
        """Return the URL of a heading's link: sort by its column, or reverse if sorted so already."""
        return f"{self.address}{TURNED if self.asked == column.name else ''}{column.name}"

    def put(self, table: Table) -> bool:
        """Sort a table's rows, those without a value last. Return whether the table has the column."""
        table.order = self
        column = next((one for one in table.columns if one.name == self.column), None)
        if column is None:
            return False
        with_value = [row for row in table.rows if row.value(column) is not None]
        without = [row for row in table.rows if row.value(column) is None]
        with_value.sort(key=lambda row: _key(row, column), reverse=not self.rises(column))
        table.rows = with_value + without
        return True


def _key(row: Row, column: Column) -> object:
    value = row.value(column)
    return fold(value) if isinstance(value, str) else value


def can_ask(name: str) -> bool:
    """Return whether `name` is an order that tables of figures may have."""
    return name.removeprefix(TURNED) in NAMES
