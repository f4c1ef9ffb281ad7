"""Tables of figures. A page and its export use the same tables, so they always agree."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from figures.enums import Made, Measure
from figures.lists import Pager
from figures.scopes import Scope
from figures.sums import Figures


class Sort(TextChoices):
    """The format of a column's values."""

    TEXT = "text"
    NUMBER = "number"
    EUROS = "euros"
    RATIO = "ratio"
    DATE = "date"
    LINK = "link"


@dataclass(frozen=True)
class Column:
    """A column: its name in exports, its heading, its format, and its measure if it is one."""

    name: str
    label: str
    sort: Sort = Sort.EUROS
    measure: Measure | None = None


def named(label: str) -> Column:
    """Return the column with the rows' names, under this heading."""
    return Column("name", label, Sort.TEXT)


def of_measure(measure: Measure, label: str = "") -> Column:
    return Column(measure.value, label or measure.label, measure=measure)


NAME = named(_("Name"))
CLUSTER = Column("cluster", _("Cluster"), Sort.TEXT)
SPONSORSHIPS = Column("sponsorships", _("Sponsorships"), Sort.NUMBER)
GRANT = Column("public_grant", _("Public grant"))
LEVERAGE = Column("leverage", _("Received per public euro"), Sort.RATIO)
LEVERAGE_AGREED = Column("leverage_agreed", _("Agreed per public euro"), Sort.RATIO)
TARGET = Column("target", _("Target"))
REMAINING = Column("remaining", _("Remaining"))
AGREED_SO_FAR = Column("agreed_so_far", _("Agreed so far"))
RECEIVED_SO_FAR = Column("received_so_far", _("Received so far"))
OUTSTANDING = Column("outstanding", _("Outstanding"))
PAYABLE = Column("payable_until", _("Payable by"), Sort.DATE)
CHAIR = Column("chair", _("Chair"), Sort.TEXT)
# Columns of the figures with their own pages; no other export has them.
SOURCE = Column("source", _("Source"), Sort.LINK)
CHAIRS = Column("chairs", _("Chairs"), Sort.NUMBER)
PEOPLE = Column("people", _("People"), Sort.NUMBER)
CONTINUING = Column("continuing", _("Of them in continuing education"), Sort.NUMBER)
START_UPS = Column("start_ups", _("Start-ups"), Sort.NUMBER)
SPIN_OFFS = Column("spin_offs", _("Of them from research"), Sort.NUMBER)
# The order of columns in every export.
OTHERS = (
    CLUSTER,
    CHAIR,
    SPONSORSHIPS,
    GRANT,
    LEVERAGE,
    LEVERAGE_AGREED,
    TARGET,
    REMAINING,
    AGREED_SO_FAR,
    RECEIVED_SO_FAR,
    PAYABLE,
    OUTSTANDING,
)


@dataclass
class Row:
    """A row: its name, its sums and other values by column; `query` are the filters of the entries behind it."""

    name: str
    figures: Figures | None = None
    values: dict[str, object] = field(default_factory=dict)
    query: dict[str, object] | None = None
    url: str = ""
    made: Made = Made.NO

    @cached_property
    def narrowing(self) -> str:
        """The row's filters in the URL of the entries."""
        said = {name: value for name, value in (self.query or {}).items() if value not in (None, "")}
        return f"&{urlencode(said)}" if said else ""

    def value(self, column: Column):
        if column.measure is not None:
            return self.figures.amounts[column.measure] if self.figures else None
        return self.name if column.name == NAME.name else self.values.get(column.name)


class Cell(NamedTuple):
    column: Column
    value: object
    url: str = ""


class Headings(Protocol):
    """The sort links and attributes of a table's headings (`figures.sorting.Order`)."""

    def attribute(self, column: Column) -> str: ...

    def link(self, column: Column) -> str: ...


@dataclass
class Table:
    """A table of a page: `code` names it in exports; `entries_url` is the URL of the entries, with a query string."""

    code: str
    title: str
    columns: list[Column]
    rows: list[Row]
    entries_url: str
    foot: Row | None = None
    note: str = ""
    empty: str = ""
    pager: Pager | None = None
    # The order, if the headings link to other orders.
    order: Headings | None = None

    def cells(self, row: Row) -> list[Cell]:
        """Return the cells of a row. A sum links to the entries behind it, if there are any."""
        has_entries = row.query is not None and row.figures is not None and row.figures.entries
        cells = []
        for column in self.shown:
            url = row.url if column.name == NAME.name else ""
            if column.measure is not None and has_entries:
                url = f"{self.entries_url}&figure={column.name}{row.narrowing}"
            cells.append(Cell(column, row.value(column), url))
        return cells

    @cached_property
    def shown(self) -> list[Column]:
        """The columns of the page, without empty ones."""
        said = [*self.rows, *([self.foot] if self.foot else [])]
        return [column for column in self.columns if any(row.value(column) is not None for row in said)]

    @property
    def is_mixed(self) -> bool:
        """Whether the table must mark the rows that include made-up records."""
        made = {row.made for row in self.rows if row.figures is None or row.figures.entries}
        return len(made) > 1 or Made.PARTLY in made

    @property
    def lines(self) -> list[tuple[Row, list[Cell]]]:
        return [(row, self.cells(row)) for row in self.rows]

    @property
    def foot_cells(self) -> list[Cell]:
        return self.cells(self.foot) if self.foot else []


def export_header(scope: Scope) -> list[Column]:
    return [NAME, *OTHERS, *(of_measure(measure, scope.said(measure)) for measure in scope.measures)]


Value = str | int | Decimal | datetime.date | None


def export_lines(tables: Iterable[Table], columns: list[Column]) -> Iterator[list[Value]]:
    """Yield a line for each row and total: the table, whether it includes made-up records, and its values."""
    for table in tables:
        names = {column.name for column in table.columns}
        for row in [*table.rows, *([table.foot] if table.foot else [])]:
            values = [row.value(column) if column.name in names else None for column in columns]
            yield [table.code, str(row.made.label), *values]
