"""The named counts from which indicators are built, each with the records behind it. docs/yearly.md lists them."""

from yearly.counts import chairs, money, outputs, teaching
from yearly.counts.counting import Count, Line, Number
from yearly.enums import CountName

COUNTS: dict[CountName, Count] = {
    count.name: count for count in [*chairs.COUNTS, *teaching.COUNTS, *outputs.COUNTS, *money.COUNTS]
}

__all__ = ["COUNTS", "Count", "Line", "Number"]
