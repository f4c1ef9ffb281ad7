"""The raw charts of slides: an indicator over the years, as an SVG that stands alone, and as a PNG of it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.svg_charts import Series, bars
from sponsorships.agreements.typesetting import picture_of
from yearly.formatting import written

# static/css/figures.css says the same colours of the site's own pages; a file on a slide has no style sheet beside it.
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
    """Return the chart of an indicator, a bar a year; nothing where no year has a value."""
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
    """Return the chart with its own colours, for a file beside which there is no style sheet."""
    start = drawn.index(">") + 1
    return drawn[:start] + STYLE + drawn[start:]


def picture(svg: str) -> bytes:
    """Return a chart as PNG."""
    return picture_of(svg, PIXELS_PER_INCH)
