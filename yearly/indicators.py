"""The value of an indicator: a count, or a sum or a ratio of two. Each count is computed once per year."""

from decimal import ROUND_HALF_UP, Decimal

from yearly.counts import COUNTS, Number
from yearly.enums import CountName, Operation, Unit
from yearly.models import Indicator
from yearly.scopes import Scope

RATIO, PERCENT, HUNDRED = Decimal("0.0001"), Decimal("0.1"), 100


class Tally:
    """The counts of a scope, for its year and others."""

    def __init__(self, scope: Scope):
        self.scopes = {scope.year: scope}
        self.scope = scope
        self.numbers: dict[tuple[str, int], Number | None] = {}

    def of_year(self, year: int) -> Scope:
        return self.scopes.setdefault(year, self.scope.of(year))

    def number(self, name: str, year: int) -> Number | None:
        if (name, year) not in self.numbers:
            self.numbers[name, year] = COUNTS[CountName(name)].number(self.of_year(year))
        return self.numbers[name, year]

    def value(self, indicator: Indicator, year: int) -> Number | None:
        """Return the indicator's value; None if a count is not stated, or the divisor is zero."""
        first = self.number(indicator.first, year)
        if not indicator.operation or first is None:
            return first
        second = self.number(indicator.second, year)
        if second is None:
            return None
        if indicator.operation == Operation.PLUS:
            return first + second
        return divided(first, second, indicator.unit)


def divided(first: Number, second: Number, unit: str) -> Decimal | None:
    """Return a ratio with four decimals, or a percentage with one; None if `second` is zero."""
    if not second:
        return None
    ratio = Decimal(first) / Decimal(second)
    if unit == Unit.PERCENT:
        return (ratio * HUNDRED).quantize(PERCENT, ROUND_HALF_UP)
    return ratio.quantize(RATIO, ROUND_HALF_UP)


def formula(indicator: Indicator) -> str:
    """Return how the indicator is computed: “Doctoral students ÷ Chairs that ran”."""
    first = str(CountName(indicator.first).label)
    if not indicator.operation:
        return first
    sign = {Operation.PLUS: "+", Operation.PER: "÷"}[Operation(indicator.operation)]
    return f"{first} {sign} {CountName(indicator.second).label}"


def counts_of(indicator: Indicator) -> list[CountName]:
    return [CountName(name) for name in (indicator.first, indicator.second) if name]
