"""Form fields for numbers, amounts and dates in the notation of the reader's language, and for files.

Browsers' own number inputs are not used: an English one reads “180 000,50” as 18,000,050.
"""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.dates import validate_day, validate_happened
from core.languages import is_french
from core.money import CENT, MAX_EUROS, euros
from core.text import without_controls

# Longer than any number with spaces and sign. A longer text is rejected without parsing.
MAX_TYPED = 40
SIGN = r"(?P<sign>[-−]?)"
# French groups thousands by spaces and has a decimal comma; a point is accepted too, as many keypads have one.
FRENCH = re.compile(SIGN + r"(?P<whole>[0-9]+)(?:[,.](?P<decimals>[0-9]*))?")
# English groups thousands by commas. “1234,56” is rejected: it must not become 123,456.
ENGLISH = re.compile(SIGN + r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<decimals>[0-9]*))?")
# If thousands are grouped by spaces, a following comma is decimal, whatever the page's language.
GROUPED = re.compile(SIGN + r"(?P<whole>[0-9]{1,3}(?:\s[0-9]{3})+),(?P<decimals>[0-9]{1,2})")
# An amount that grows or shrinks by this factor has to be confirmed.
JUMP = 10


class LineField(forms.CharField):
    """A name or title on one line. Invisible characters are removed: a copied direction mark reverses the text after it."""

    def to_python(self, value):
        text = super().to_python(value)
        return without_controls(text).strip() if text else text


class Typed:
    """Parses a number in the reader's notation: “1 234,5” in French, “1,234.5” in English; anything else is an error."""

    widget = forms.TextInput
    decimal_places: int | None = None
    default_error_messages = {
        "invalid": _("Write the number in figures, for example %(example)s."),
        "negative": _("This cannot be less than zero."),
        "decimals": _("Write at most %(most)d decimals."),
    }
    inputmode = "decimal"
    example = Decimal("1234.5")

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None if isinstance(value, str) else value
        text = str(value)[: MAX_TYPED + 1].strip().strip("€%").strip()
        if not text:
            return None
        match = self._read(text) if len(text) <= MAX_TYPED else None
        if match is None:
            raise self._refusal("invalid", example=number_format(self.example, None, True, True))
        return self._number(**match.groupdict(default=""))

    def _read(self, text: str) -> re.Match | None:
        if grouped := GROUPED.fullmatch(text):
            return grouped
        pattern = FRENCH if is_french() else ENGLISH
        return pattern.fullmatch("".join(text.split()))

    def _number(self, sign: str, whole: str, decimals: str) -> Decimal:
        if sign:
            raise self._refusal("negative")
        most = self.decimal_places
        if most is not None and len(decimals) > most:
            raise self._refusal("decimals", most=most)
        return Decimal(f"{''.join(re.findall('[0-9]', whole))}.{decimals or '0'}")

    def _refusal(self, code: str, **params) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)

    def widget_attrs(self, widget):
        return {"inputmode": self.inputmode, "autocomplete": "off"}


class NumberField(Typed, forms.DecimalField):
    """A number with decimals."""

    # The number of decimals to show, even if they are zero; None: as many as needed.
    shown_decimals: int | None = None

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        decimals = self.shown_decimals
        if decimals is None:
            value = value.normalize()
            decimals = max(-value.as_tuple().exponent, 0)
        return number_format(value, decimals, True, True)


class WholeField(Typed, forms.IntegerField):
    """A whole number. It is shown without grouping, since it may be a year."""

    inputmode = "numeric"
    example = Decimal(1234)
    default_error_messages = {"decimals": _("Write a whole number.")}
    decimal_places = 0

    def to_python(self, value):
        number = value if isinstance(value, int) else super().to_python(value)
        return number if number is None else int(number)


def question(html_name: str, value, doubt: str, answer: str) -> str:
    """Return a question with a checkbox to confirm the value. Its value is the one meant, so another value is asked about again."""
    box = '{} <label class="sure"><input type="checkbox" name="{}-sure" value="{}"> {}</label>'
    return format_html(box, doubt, html_name, value, answer)


def ask_unless_sure(form, name: str, value, doubt: str, answer: str) -> None:
    """Add a question about a value as an error on its field, unless the user has confirmed it. For a form's `clean`."""
    html_name = form.add_prefix(name)
    if form.data.get(f"{html_name}-sure") != str(value):
        form.add_error(name, ValidationError(question(html_name, value, doubt, answer), code="sure"))


class EuroInput(forms.TextInput):
    """The input of an amount, and the checkbox that confirms a jump (see `EuroField`)."""

    sure_of = None

    def value_from_datadict(self, data, files, name):
        self.sure_of = data.get(f"{name}-sure")
        return super().value_from_datadict(data, files, name)


class EuroField(NumberField):
    """An amount in euros. A value ten times the saved one, or a tenth of it, has to be confirmed."""

    widget = EuroInput
    default_error_messages = {
        "invalid": _("Write the amount in figures, for example %(example)s."),
        "negative": _("An amount cannot be negative."),
        "cents": _("Write at most two decimals: an amount stops at the cent."),
        "huge": _("This is above %(most)s: check the number of zeros."),
    }
    example = Decimal("1234.56")
    shown_decimals = 2
    # Switched off where only the author relies on the amount so far.
    asks_about_jumps = True
    # The saved amount, and the field's HTML name.
    before, html_name = None, ""

    def __init__(self, **kwargs):
        super().__init__(**{"max_digits": 12, "decimal_places": 2, **kwargs})

    def get_bound_field(self, form, field_name):
        self.before, self.html_name = form.initial.get(field_name), form.add_prefix(field_name)
        return super().get_bound_field(form, field_name)

    def _number(self, sign: str, whole: str, decimals: str) -> Decimal:
        if len(decimals) > 2 and not sign:
            raise self._refusal("cents")
        amount = super()._number(sign, whole, decimals)
        if amount > MAX_EUROS:
            raise self._refusal("huge", most=f"{number_format(MAX_EUROS, 0, True, True)} €")
        return amount.quantize(CENT)

    def clean(self, value):
        amount = super().clean(value)
        if self.asks_about_jumps and _is_jump(self.before, amount) and self.widget.sure_of != str(amount):
            raise ValidationError(self._question(amount), code="jump")
        return amount

    def _question(self, amount: Decimal) -> str:
        said = {"before": euros(self.before), "after": euros(amount)}
        doubt = _t(
            "This was %(before)s, and would be %(after)s: at least ten times more, or less. Check the number of zeros."
        )
        return question(self.html_name, amount, doubt % said, _t("Yes, I mean %(after)s") % said)


def _is_jump(before, after) -> bool:
    if not isinstance(before, Decimal) or not after or before <= 0:
        return False
    return after >= before * JUMP or after * JUMP <= before


ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class DateInput(forms.DateInput):
    """The browser's date input, which reads and writes ISO dates in every language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        """Show an invalid date as typed, in a text input, because a date input would drop it."""
        context = super().get_context(name, value, attrs)
        if context["widget"]["value"] and not ISO_DAY.fullmatch(str(context["widget"]["value"])):
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A date within the programme's years; with `has_happened`, not in the future."""

    widget = DateInput
    default_validators = [validate_day]

    def __init__(self, *, has_happened=False, **kwargs):
        super().__init__(**kwargs)
        if has_happened:
            self.validators.append(validate_happened)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files. Their types are checked where they are stored."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        chosen = [one for one in data or [] if one]
        return [super(FilesField, self).clean(one, None) for one in chosen] or super().clean(None, None) or []


def refuse_reversed(form, message: str, first: str = "starts_on", last: str = "ends_on") -> None:
    """Add the message to the end of a period that ends before it starts. For a form's `clean`."""
    starts, ends = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if starts and ends and ends < starts:
        form.add_error(last, ValidationError(message, code="reversed"))
