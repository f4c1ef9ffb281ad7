from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from partners.ledger.sums import ZERO

# A third of the national programme: above it, an amount is a typing mistake.
MAX_CONTRIBUTION = Decimal("120000000.00")


def contribution(label, help_text, **options) -> models.DecimalField:
    """An amount that a partner gives or gets back, in euros net of VAT; empty means none, or not stated."""
    return models.DecimalField(
        label,
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=help_text,
        validators=[MinValueValidator(ZERO), MaxValueValidator(MAX_CONTRIBUTION)],
        **options,
    )
