"""Charts for slides: an indicator over the years, as a standalone SVG or a PNG."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.svg_charts import Series, bars
from sponsorships.agreements.typesetting import picture_of
from yearly.formatting import written

# The same colours as in static/css/figures.css: a standalone file has no style sheet.
STYLE = (
    "<style>"
    "svg{background:#ffffff;font-family:'DejaVu Sans','Libertinus Serif',sans-serif}"
    "text{fill:#4a5568;font-size:14px}"
    ".y text{fill:#1b2b4b;text-anchor:end}"
    ".x text{text-anchor:middle}"
    ".line{fill:none;stroke:#d5dae3;stroke-width:1}"
    ".color-1 rect{fill:#1f4e9c;stroke:none}"
    "</style>"
)
PIXELS_PER_INCH = 288


def chart(indicator: dict[str, Any], said: dict[str, Any]) -> str:
    """Return the chart of an indicator with a bar per year; empty if no year has a value."""
    values = [None if value is None else Decimal(value) for _year, value in indicator["series"]]
    if not any(values):
        return ""
    title = f"{indicator['name']}, {said['whose']}"
    colon = _(":")
    parts = [f"{year}{colon} {written(value, indicator['unit'])}" for year, value in indicator["series"]]
    description = f"{'; '.join(parts)}. {said['counted']}"
    labels = [str(year) for year, _value in indicator["series"]]
    series = [Series(indicator["name"], values)]
    return str(bars(title, description, labels, series, lambda value: written(_plain(value), indicator["unit"])))


def _plain(value: float) -> Decimal:
    return Decimal(f"{value:.10g}")


def standalone(drawn: str) -> str:
    """Return the chart with a style element, for a file without a style sheet."""
    start = drawn.index(">") + 1
    return drawn[:start] + STYLE + drawn[start:]


def picture(svg: str) -> bytes:
    """Return a chart as PNG."""
    return picture_of(svg, PIXELS_PER_INCH)
