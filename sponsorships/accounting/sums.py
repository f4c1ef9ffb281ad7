"""Sums to the cent. SQLite adds decimals as floating-point numbers: what it answers is rounded back to cents."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DecimalField, Q, Sum

from core.money import CENT

ZERO = Decimal("0.00")


class CentsField(DecimalField):  # type: ignore[type-arg]  # Django's fields take no arguments when the code runs
    """Euros with two places, whatever the database made of their sum."""

    def from_db_value(self, value: Any, expression: object, connection: BaseDatabaseWrapper) -> Decimal | None:
        # Adding zero turns -0.00 into 0.00.
        return None if value is None else Decimal(value).quantize(CENT, ROUND_HALF_EVEN) + ZERO


def total(field: str = "amount", filter: Q | None = None) -> Sum:
    """Return the sum of a column of euros, as an aggregate; zero where there is nothing to add."""
    return Sum(field, filter=filter, default=ZERO, output_field=CentsField(max_digits=16, decimal_places=2))
