import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.models.contribution import MAX_CONTRIBUTION

# Longer than any amount with its spaces and its sign: what is longer is not read.
MAX_TYPED = 40
# French groups thousands by spaces and has a decimal comma; a point is accepted too, being on many keypads.
FRENCH = re.compile(r"(?P<sign>[-−]?)(?P<whole>[0-9]+)(?:[,.](?P<cents>[0-9]*))?")
# English groups thousands by commas. “1234,56” is not English: it must not become 123,456.
ENGLISH = re.compile(r"(?P<sign>[-−]?)(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<cents>[0-9]*))?")


class EuroField(forms.DecimalField):
    """An amount in euros as the reader's language writes it: “1 234,56” in French, “1,234.56” in English."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the amount in figures, for example %(example)s."),
        "negative": _("An amount cannot be negative."),
        "cents": _("Write at most two decimals: an amount stops at the cent."),
        "huge": _("This is above %(most)s: count the zeros."),
    }

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None if isinstance(value, str) else value
        typed = "".join(str(value)[: MAX_TYPED + 1].split()).strip("€")
        if not typed:
            return None
        pattern = FRENCH if (get_language() or "en").startswith("fr") else ENGLISH
        match = pattern.fullmatch(typed) if len(typed) <= MAX_TYPED else None
        if match is None:
            raise self._refusal("invalid", example=number_format(Decimal("1234.56"), 2, True, True))
        return self._amount(**match.groupdict(default=""))

    def _amount(self, sign: str, whole: str, cents: str) -> Decimal:
        if sign:
            raise self._refusal("negative")
        if len(cents) > 2:
            raise self._refusal("cents")
        amount = Decimal(f"{whole.replace(',', '')}.{cents or '0'}")
        if amount > MAX_CONTRIBUTION:
            raise self._refusal("huge", most=f"{number_format(MAX_CONTRIBUTION, 0, True, True)} €")
        return amount.quantize(Decimal("0.01"))

    def _refusal(self, code: str, **params) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value):
        return number_format(value, 2, True, True) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}
