"""The order of a figure's tables, as an address asks for it: `?sort=public_grant`, and `?sort=-public_grant` turned round."""

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
# Words and days begin with the first; of numbers, the largest comes first.
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
    """By which column tables stand, and the address of the page up to that column's name."""

    asked: str
    address: str

    @property
    def column(self) -> str:
        return self.asked.removeprefix(TURNED)

    def rises(self, column: Column) -> bool:
        return (column.sort in RISING) != self.asked.startswith(TURNED)

    def attribute(self, column: Column) -> str:
        """Return what says of a heading how the rows stand by it; nothing where they do not."""
        if column.name != self.column:
            return ""
        return f' aria-sort="{"ascending" if self.rises(column) else "descending"}"'

    def link(self, column: Column) -> str:
        """Return where a heading leads: to the rows by its column, or turned round where they stand so already."""
        return f"{self.address}{TURNED if self.asked == column.name else ''}{column.name}"

    def put(self, table: Table) -> bool:
        """Bring a table's rows into this order, those without a value last. Return whether it has the column."""
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
    """Return whether a table of figures may have such an order."""
    return name.removeprefix(TURNED) in NAMES
