from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.form_fields import EuroField

field = EuroField(max_digits=12, decimal_places=2, required=False)


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [
        ("fr", "1 234,56", "1234.56"),
        ("fr", "1\u202f234,56\u00a0€", "1234.56"),
        ("fr", "1234.56", "1234.56"),
        ("fr", "12 000", "12000.00"),
        ("fr", "0,5", "0.50"),
        ("en", "1,234.56", "1234.56"),
        ("en", "€1,234,567", "1234567.00"),
        ("en", "1234.5", "1234.50"),
        ("en", "120000000", "120000000.00"),
        ("en", "0", "0.00"),
        ("en", "", None),
        ("en", "   ", None),
    ],
)
def test_an_amount_is_read_as_the_language_writes_it(language, typed, amount):
    with translation.override(language):
        assert field.clean(typed) == (amount and Decimal(amount))


@pytest.mark.parametrize(
    ("language", "typed", "code"),
    [
        ("en", "1234,56", "invalid"),  # a French amount on an English page must not become 123,456
        ("en", "1,23,4", "invalid"),
        ("fr", "1,234.56", "invalid"),
        ("en", "a lot", "invalid"),
        ("en", "1e9", "invalid"),
        ("en", "NaN", "invalid"),
        ("en", "١٢٣", "invalid"),
        ("en", "<b>5</b>", "invalid"),
        ("en", "9" * 1_000_000, "invalid"),
        ("en", "-5", "negative"),
        ("fr", "−5,00", "negative"),
        ("en", "10.001", "cents"),
        ("fr", "1.234", "cents"),
        ("en", "120000000.01", "huge"),
        ("en", "9" * 30, "huge"),
    ],
)
def test_anything_else_is_refused_with_its_own_sentence(language, typed, code):
    with translation.override(language), pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    assert refusal.value.code == code
    assert str(refusal.value.messages[0]).endswith((".", "zeros."))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_shown_can_be_sent_back(language):
    with translation.override(language):
        shown = field.prepare_value(Decimal("1234567.80"))
        assert field.clean(shown) == Decimal("1234567.80")
        assert not field.has_changed(Decimal("1234567.80"), shown)
