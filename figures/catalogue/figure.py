"""A figure that the public reads by itself: figures/<slug>/, and the same as CSV and JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import Cluster
from figures.charts import Exhibit
from figures.dated import Dates
from figures.enums import Made
from figures.pages import Part, parts_of
from figures.scopes import Scope
from figures.tables import Column, Row, Table

# By their addresses, in the order of the page.
TITLES = {
    "grants": gettext_lazy("The State’s grants"),
    "map": gettext_lazy("Money and chairs on the map"),
    "chairs-by-theme": gettext_lazy("Chairs by theme"),
    "people-trained": gettext_lazy("People trained a year"),
    "start-ups": gettext_lazy("Start-ups by year"),
    "pipeline": gettext_lazy("Sponsorships by status"),
    "partners-money": gettext_lazy("Partners’ money by year"),
    "quarters": gettext_lazy("Agreed against received, by quarter"),
    "leverage": gettext_lazy("Leverage by cluster"),
}


@dataclass
class Reading:
    """What the public figures of a day are made of, each read once and only where it is asked for."""

    scope: Scope
    dates: Dates

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self.scope, self.dates)

    @property
    def clusters(self) -> list[Cluster]:
        return self.parts[0].clusters


@dataclass
class PublicFigure:
    """What is counted, from which sources, in which unit; its charts and tables."""

    slug: str
    definition: str
    unit: str
    # Of real records, then of made-up ones: they never add up to one figure.
    exhibits: list[Exhibit] = field(default_factory=list)
    # Web addresses, or sentences.
    sources: list[str] = field(default_factory=list)
    # Where the records that are counted are listed: an address and its label.
    records: tuple[str, str] | None = None

    def __post_init__(self):
        for one in self.exhibits:
            one.slug = self.slug

    @property
    def title(self) -> str:
        return str(TITLES[self.slug])

    @property
    def parts(self) -> list[tuple[bool, Exhibit]]:
        """Return the exhibits, each with whether it is of made-up records."""
        return [(is_made_up(one.table), one) for one in self.exhibits]


# Makes a figure of what is read for a page.
Maker = Callable[[Reading], PublicFigure]


def is_made_up(table: Table) -> bool:
    return any(row.made != Made.NO for row in table.rows)


def table_of(code: str, title: str, columns: list[Column], rows: list[Row], foot: Row | None = None) -> Table:
    """Return a table of numbers that no entries of the ledger stand behind."""
    return Table(code, title, columns, rows, "", foot=foot)


def counted_row(name: str, values: dict[str, object], *, made: bool = False, url: str = "") -> Row:
    return Row(name, None, values, None, url, Made.YES if made else Made.NO)


def in_cathedra() -> str:
    return _("What the clusters record in Cathedra")
