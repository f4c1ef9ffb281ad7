from django.core.validators import MaxValueValidator, MinValueValidator

from core.model_fields import EurosField
from core.money import MAX_EUROS
from sponsorships.accounting.sums import ZERO


def contribution(label, help_text, **options) -> EurosField:
    """Return a field for an amount that a partner gives or gets, in euros net of VAT; empty means none, or not stated."""
    return EurosField(
        label,
        null=True,
        blank=True,
        help_text=help_text,
        validators=[MinValueValidator(ZERO), MaxValueValidator(MAX_EUROS)],
        **options,
    )
