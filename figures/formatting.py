"""Figures in words: ratios, quarters and the short numbers of an axis, in the reader's language."""

import datetime
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_compact_currency
from django.utils.translation import gettext as _

from core.languages import is_french, number_locale
from core.money import FRENCH_NUMBERS, euros

TEN_CENTS = Decimal("0.1")


def ratio(value: Decimal | None) -> str:
    """Return euros per euro: with cents, or four decimals below ten cents: €0.72, €0.0123."""
    if value is None:
        return ""
    return _written(value, 2 if abs(value) >= TEN_CENTS else 4)


def _written(value: Decimal, places: int) -> str:
    if value == value.to_integral_value():
        return euros(value)
    text = f"{value:.{places}f}"
    return f"{text.translate(FRENCH_NUMBERS)}\u00a0€" if is_french() else f"€{text}"


def quarter(day: datetime.date) -> str:
    return _("%(year)d, Q%(number)d") % {"year": day.year, "number": (day.month - 1) // 3 + 1}


def short_euros(value: float) -> str:
    """Return an amount short enough for an axis: €1.5m, 1,5 M €."""
    if abs(value) < 1000:
        return _written(Decimal(str(value)), 4) if value % 1 else euros(int(value))
    return _compact_euros(value, number_locale())


@lru_cache(maxsize=500)
def _compact_euros(value: float, locale: str) -> str:
    """Return an amount in thousands or millions. Cached: axes repeat the same round numbers."""
    return format_compact_currency(value, "EUR", locale=locale, fraction_digits=1).replace(".0", "")
