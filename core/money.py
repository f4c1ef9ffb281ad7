"""Formats numbers and euros for the reader's language, alike on pages, in mails, in sentences and in exports."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_percent

from core.languages import is_french, number_locale

CENT = Decimal("0.01")
# A third of the national programme's budget: a higher amount is a typing mistake.
MAX_EUROS = Decimal("120000000.00")
# French separates thousands by a narrow no-break space, and writes a comma before decimals.
FRENCH_NUMBERS = str.maketrans({",": "\u202f", ".": ","})


def number(value: Any) -> str:
    """Return a number with two decimals or none; an empty text if the value is not a number."""
    return _number(value, is_french())


def euros(value: Any) -> str:
    """Return an amount in euros: €360,000,000 in English, 360 000 000 € in French; with cents only if there are any."""
    french = is_french()
    text = _number(value, french)
    if not text:
        return ""
    if french:
        return f"{text}\u00a0€"
    return f"-€{text[1:]}" if text.startswith("-") else f"€{text}"


def _number(value: Any, french: bool) -> str:
    try:
        amount = Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)
    except (InvalidOperation, TypeError, ValueError):
        return ""
    text = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return text.translate(FRENCH_NUMBERS) if french else text


def percent(value: Decimal) -> str:
    """Return a percentage: 20% in English, 20 % in French; with decimals only if there are any."""
    return format_percent(value / 100, locale=number_locale(), decimal_quantization=False)
