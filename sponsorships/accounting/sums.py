"""Sums of euros, exact to the cent. SQLite adds decimals as floats: its results are rounded back to cents."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DecimalField, Q, Sum

from core.money import CENT

ZERO = Decimal("0.00")


class CentsField(DecimalField):  # type: ignore[type-arg]  # Django's fields take no arguments at run time
    """A decimal field with two places, for sums that SQLite returns as floats."""

    def from_db_value(self, value: Any, expression: object, connection: BaseDatabaseWrapper) -> Decimal | None:
        # Adding zero turns -0.00 into 0.00.
        return None if value is None else Decimal(value).quantize(CENT, ROUND_HALF_EVEN) + ZERO


def total(field: str = "amount", filter: Q | None = None) -> Sum:
    """Return the aggregate that sums a column of euros; zero for no rows."""
    return Sum(field, filter=filter, default=ZERO, output_field=CentsField(max_digits=16, decimal_places=2))
