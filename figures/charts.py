"""Charts, each with the table that it draws."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.svg_charts import Series, bars
from figures import tables
from figures.enums import Measure
from figures.formatting import ratio, short_euros
from figures.tables import Column, Table

# More bars are unreadable: the table has them all.
MAX_BARS = 12
RATIO_PLACES = 4


@dataclass
class Exhibit:
    """A chart (none where there is nothing to draw), and its table beside it."""

    table: Table
    chart: SafeString | str = ""
    says: str = ""


def exhibit(table: Table, columns: dict[str, Column], says: str, scale=short_euros, last: int = MAX_BARS) -> Exhibit:
    """Draw these columns of a table, each under its name; its last rows where there are too many."""
    rows = table.rows[-last:]
    series = [Series(name, [row.value(column) for row in rows]) for name, column in columns.items()]
    if not any(value for one in series for value in one.values):
        return Exhibit(table, says=says)
    cut = _("The last %(number)d of them.") % {"number": last} if len(table.rows) > last else ""
    description = " ".join(part for part in (says, cut, _("The table beside it has the numbers.")) if part)
    return Exhibit(table, bars(table.title, description, [row.name for row in rows], series, scale), says)


def of_pipeline(table: Table) -> Exhibit:
    says = _("Cash asked and agreed, by the status of the sponsorships today or on the chosen date.")
    return exhibit(table, _measures(table), says)


def of_quarters(table: Table) -> Exhibit:
    says = _("Cash agreed and cash received in each quarter. An amendment that lowers an amount counts below zero.")
    return exhibit(table, _measures(table), says)


def of_leverage(table: Table) -> Exhibit:
    says = _("Partners’ euros, agreed and received, per euro of public grant.")
    drawn = {str(Measure.AGREED.label): tables.LEVERAGE_AGREED, str(Measure.RECEIVED.label): tables.LEVERAGE}
    return exhibit(table, drawn, says, _ratio)


def _measures(table: Table) -> dict[str, Column]:
    return {str(column.label): column for column in table.columns if column.measure is not None}


def _ratio(value: float) -> str:
    return ratio(Decimal(str(round(value, RATIO_PLACES))))
