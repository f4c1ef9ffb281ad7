"""A public figure with its own page: figures/<slug>/, also as CSV and JSON."""

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

# By slug, in the order of the page.
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
    """The data for the public figures of a day; each part is read once, when first used."""

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
    """A public figure: what is counted, from which sources, in which unit, with its charts and tables."""

    slug: str
    definition: str
    unit: str
    # For real records, then for made-up ones: the two are never added up.
    exhibits: list[Exhibit] = field(default_factory=list)
    # Web addresses, or sentences.
    sources: list[str] = field(default_factory=list)
    # The list of the counted records: its URL and label.
    records: tuple[str, str] | None = None

    def __post_init__(self):
        for one in self.exhibits:
            one.slug = self.slug

    @property
    def title(self) -> str:
        return str(TITLES[self.slug])

    @property
    def parts(self) -> list[tuple[bool, Exhibit]]:
        """The exhibits, each with whether it shows made-up records."""
        return [(is_made_up(one.table), one) for one in self.exhibits]


# Makes a figure from the data read for a page.
Maker = Callable[[Reading], PublicFigure]


def is_made_up(table: Table) -> bool:
    return any(row.made != Made.NO for row in table.rows)


def table_of(code: str, title: str, columns: list[Column], rows: list[Row], foot: Row | None = None) -> Table:
    """Return a table of numbers without ledger entries behind them."""
    return Table(code, title, columns, rows, "", foot=foot)


def counted_row(name: str, values: dict[str, object], *, made: bool = False, url: str = "") -> Row:
    return Row(name, None, values, None, url, Made.YES if made else Made.NO)


def in_cathedra() -> str:
    return _("What the clusters record in Cathedra")
