"""Charts as plain SVG inside the page, without script or styles of their own. docs/decisions/charts.md says why.

Their colours are in static/css/figures.css: light, dark and on paper. A chart is an image with a title and a
description, which says each bar's name and value; the table beside it has the numbers.
"""

import math
import textwrap
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# In units of the picture, which is scaled to its container while its text stays readable on a phone.
WIDTH, MARGIN = 400, 4
ROW, AXIS, LEGEND = 20, 24, 24
# The space between groups of bars, in rows.
GAP = 0.6
# The approximate maximal width of a letter; text is 14 units high.
LETTER, TEXT = 8.5, 14
# A longer name goes on in a further line.
MAX_LINE_LENGTH, LINE = 25, 16
# The space between a name and its bar.
NAME_GAP = 5
SWATCH = 12
# The maximal number of steps on the axis. Every second one has its number, or fewer if the numbers are long.
MAX_STEPS = 5
NICE = (1, 2, 5, 10)


@dataclass(frozen=True)
class Series:
    """One colour of a chart: its name, and a value for each label."""

    name: str
    values: Sequence[Decimal | None]


def bars(title: str, description: str, labels: Sequence[str], series: Sequence[Series], scale: Callable) -> SafeString:
    """Return a chart of horizontal bars, with the first label on top. `scale` formats a number of the axis."""
    drawing = _Drawing(labels, series, scale)
    # A hash of the content: a running number would change the page at each request.
    number = zlib.crc32(repr((title, description, labels, series)).encode())
    legend = drawing.legend() if len(series) > 1 else ""
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {_at(drawing.height)}" role="img" '
        f'aria-labelledby="chart-{number}-title chart-{number}-description">'
        f'<title id="chart-{number}-title">{escape(title)}</title>'
        f'<desc id="chart-{number}-description">{escape(description)}</desc>'
        f'<g transform="translate({_at(drawing.left)}, {MARGIN})">{drawing.names()}{drawing.axis()}{drawing.bars()}</g>'
        f"{legend}</svg>"
    )


class _Drawing:
    """The layout: names on the left, bars beside them, the axis below, the legend at the bottom."""

    def __init__(self, labels: Sequence[str], series: Sequence[Series], scale: Callable):
        self.names_in_lines = [textwrap.wrap(str(label), MAX_LINE_LENGTH) or [""] for label in labels]
        self.series, self.scale = series, scale
        group = ROW * (len(series) + GAP)
        heights = [max(group, LINE * len(lines) + GAP * ROW) for lines in self.names_in_lines]
        # The middle of each group of bars.
        self.middles = [end - height / 2 for end, height in zip(accumulate(heights), heights, strict=True)]
        self.plot_height = sum(heights) or group
        self.height = MARGIN + self.plot_height + AXIS + (LEGEND if len(series) > 1 else 0)
        self.left = (
            MARGIN + NAME_GAP + LETTER * max([2, *(len(line) for lines in self.names_in_lines for line in lines)])
        )
        values = [float(value) for one in series for value in one.values if value is not None]
        self.steps = _steps(min([0.0, *values]), max([0.0, *values]))
        self.zero = self.steps.index(0)
        # A single series shows its values at the ends of its bars; with two, there is room for half of the axis's last number.
        self.values = [self._written(value) for value in series[0].values] if len(series) == 1 else []
        self.width = WIDTH - self.left - MARGIN - LETTER * max([3, *(len(text) + 1 for text in self.values)])

    def _written(self, value: Decimal | None) -> str:
        return "" if value is None else self.scale(float(value))

    def x(self, value: float) -> float:
        low, high = self.steps[0], self.steps[-1]
        return (value - low) / (high - low) * self.width

    @cached_property
    def stride(self) -> int:
        """The number of steps from one labelled step of the axis to the next: at least two, and enough to keep labels apart."""
        room = self.width / (len(self.steps) - 1)
        longest = max(len(self.scale(step)) for step in self.steps) + 1
        return max(2, math.ceil(longest * LETTER / room))

    def names(self) -> str:
        texts = (
            f'<text x="-{NAME_GAP}" y="{_at(middle + (number - (len(lines) - 1) / 2) * LINE + TEXT / 3)}">{escape(line)}</text>'
            for middle, lines in zip(self.middles, self.names_in_lines, strict=True)
            for number, line in enumerate(lines)
        )
        return f'<g class="axis y">{"".join(texts)}</g>'

    def axis(self) -> str:
        return f'<g class="axis x">{"".join(self._step(*step) for step in enumerate(self.steps))}</g>'

    def _step(self, place: int, value: float) -> str:
        x, kind = _at(self.x(value)), "major line" if value == 0 else "line"
        line = f'<path d="M{x} 0 v{_at(self.plot_height)}" class="{kind}"/>'
        if (place - self.zero) % self.stride:
            return line
        return f'{line}<text x="{x}" y="{_at(self.plot_height + TEXT + 2)}" class="major">{escape(self.scale(value))}</text>'

    def bars(self) -> str:
        # A single series gets the stronger colour.
        first = 1 if self.values else 0
        drawn = "".join(
            f'<g class="color-{first + number}">{"".join(self._bar(number, *bar) for bar in enumerate(one.values))}</g>'
            for number, one in enumerate(self.series)
        )
        return drawn + self._ends()

    def _ends(self) -> str:
        """Return the values at the ends of the bars; for negative ones, at the axis."""
        texts = []
        for place, (value, text) in enumerate(zip(self.series[0].values, self.values, strict=False)):
            x = self.x(max(float(value or 0), 0.0)) + 5
            y = self.middles[place] + TEXT / 3
            texts.append(f'<text x="{_at(x)}" y="{_at(y)}">{escape(text)}</text>')
        return f'<g class="values">{"".join(texts)}</g>' if texts else ""

    def _bar(self, number: int, place: int, value: Decimal | None) -> str:
        if value is None:
            return ""
        start, end = sorted((self.x(0), self.x(float(value))))
        y = self.middles[place] + ROW * (number - len(self.series) / 2)
        return f'<rect x="{_at(start)}" y="{_at(y)}" width="{_at(end - start)}" height="{ROW}"/>'

    def legend(self) -> str:
        y, each = self.height - LEGEND + 6, WIDTH / len(self.series)
        entries = (
            f'<rect x="{_at(MARGIN + number * each)}" y="{_at(y)}" width="{SWATCH}" height="{SWATCH}" class="color-{number}"/>'
            f'<text x="{_at(MARGIN + number * each + SWATCH + 5)}" y="{_at(y + SWATCH - 1)}">{escape(one.name)}</text>'
            for number, one in enumerate(self.series)
        )
        return f'<g class="legends">{"".join(entries)}</g>'


def _steps(low: float, high: float) -> list[float]:
    """Return round numbers that cover the range from the lowest value to the highest."""
    if low == high:
        return [0.0, 1.0]
    rough = (high - low) / MAX_STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(nice for nice in NICE if nice * power >= rough * (1 - 1e-9)) * power
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    # Rounded, to remove floating-point errors.
    return [float(f"{number * step:.10g}") for number in range(first, last + 1)]


def _at(place: float) -> str:
    return f"{place:.2f}".rstrip("0").rstrip(".")
