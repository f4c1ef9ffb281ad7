from django.core.validators import MaxValueValidator, MinValueValidator

from clusters.model_fields import EurosField
from clusters.money import MAX_EUROS
from partners.ledger.sums import ZERO


def contribution(label, help_text, **options) -> EurosField:
    """An amount that a partner gives or gets back, in euros net of VAT; empty means none, or not stated."""
    return EurosField(
        label,
        null=True,
        blank=True,
        help_text=help_text,
        validators=[MinValueValidator(ZERO), MaxValueValidator(MAX_EUROS)],
        **options,
    )
