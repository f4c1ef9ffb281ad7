"""Charts, each with the table of its data."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.svg_charts import Series, bars
from figures import tables
from figures.enums import Measure
from figures.formatting import ratio, short_euros
from figures.html import written
from figures.tables import Cell, Column, Row, Table

# More bars are unreadable; the table has all rows.
MAX_BARS = 12
RATIO_PLACES = 4


@dataclass
class Exhibit:
    """A chart and its table; the chart is empty if there is nothing to draw."""

    table: Table
    chart: SafeString | str = ""
    says: str = ""
    # The slug of its own public page, figures/<slug>/; empty if it has none.
    slug: str = ""


def exhibit(
    table: Table, columns: dict[str, Column], says: str, scale: Callable = short_euros, *, is_ranking: bool = False
) -> Exhibit:
    """Draw these columns of a table, each under its name.

    If there are too many rows, draw the last ones, or the first ones of a ranking.
    """
    told = [row for row in table.rows if any(row.value(column) is not None for column in columns.values())]
    rows = told[:MAX_BARS] if is_ranking else told[-MAX_BARS:]
    series = [Series(name, [row.value(column) for row in rows]) for name, column in columns.items()]
    if not any(value for one in series for value in one.values):
        return Exhibit(table, says=says)
    cut = ""
    if len(told) > MAX_BARS:
        cut = _("The first %(number)d of them.") if is_ranking else _("The last %(number)d of them.")
        cut %= {"number": MAX_BARS}
    said = (says, cut, *values_in_words(rows, columns), _("The table beside it has the numbers."))
    chart = bars(table.title, " ".join(filter(None, said)), [row.name for row in rows], series, scale)
    return Exhibit(table, chart, says)


def values_in_words(rows: list[Row], columns: dict[str, Column]) -> list[str]:
    """Return each bar's name and value in words, for screen readers."""
    sentences = []
    for row in rows:
        values = [(name, row.value(column), column) for name, column in columns.items()]
        told = [(name, written(Cell(column, value))) for name, value, column in values if value is not None]
        if told:
            texts = [text if len(columns) == 1 else f"{name} {text}" for name, text in told]
            sentences.append(_("%(name)s: %(values)s;") % {"name": row.name, "values": ", ".join(texts)})
    return sentences


def of_pipeline(table: Table) -> Exhibit:
    says = _("Cash asked and agreed, by the status of the sponsorships today or on the chosen date.")
    return exhibit(table, _measures(table), says)


def of_quarters(table: Table) -> Exhibit:
    says = _("Cash agreed and cash received in each quarter. An amendment that lowers an amount counts below zero.")
    return exhibit(table, _measures(table), says)


def of_leverage(table: Table, *, is_made_up: bool = False) -> Exhibit:
    drawn = {str(Measure.AGREED.label): tables.LEVERAGE_AGREED, str(Measure.RECEIVED.label): tables.LEVERAGE}
    return exhibit(table, drawn, _what_divides(table, is_made_up), _ratio)


def _what_divides(table: Table, is_made_up: bool) -> str:
    if not is_made_up:
        return _("Partners’ euros, agreed and received, per euro of public grant.")
    if any(row.value(tables.GRANT) is not None for row in table.rows):
        return _(
            "Made-up euros, agreed and received, per euro of the grants that are made up with them, of demonstration chairs."
        )
    return _("No ratio: no grant is made up with these records, and made-up money is never divided by a real grant.")


def of_years(table: Table) -> Exhibit:
    says = _(
        "Cash agreed and cash received in each calendar year. An amendment that lowers an amount counts below zero."
    )
    return exhibit(table, _measures(table), says)


def _measures(table: Table) -> dict[str, Column]:
    return {str(column.label): column for column in table.columns if column.measure is not None}


def _ratio(value: float) -> str:
    return ratio(Decimal(str(round(value, RATIO_PLACES))))
