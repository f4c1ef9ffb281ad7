"""Values of indicators in words, in the reader's language."""

from decimal import Decimal

from django.utils.translation import gettext as _

from core.languages import is_french
from core.money import FRENCH_NUMBERS, euros, number, percent
from yearly.enums import Unit


def written(value: object, unit: str) -> str:
    """Return a value, with its unit's sign if it has one (€, %); “not stated” for None."""
    if value is None:
        return _("not stated")
    if unit == Unit.EUROS:
        return euros(value)
    if unit == Unit.PERCENT:
        return percent(Decimal(str(value)))
    if unit == Unit.RATIO:
        return _ratio(Decimal(str(value)))
    return number(value)


def _ratio(value: Decimal) -> str:
    """Return a ratio with two decimals, or with four below 0.1."""
    text = f"{value:,.2f}" if not value or abs(value) >= Decimal("0.1") else f"{value:.4f}"
    return text.translate(FRENCH_NUMBERS) if is_french() else text
