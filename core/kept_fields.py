"""Fields of a form that look the same to everybody: their HTML is made once, and made anew where anything in it differs."""

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from crispy_forms.templatetags.crispy_forms_utils import remove_spaces
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

# More than the forms of an hour have; what partners typed is forgotten with the rest.
MAX_KEPT = 500

_kept: dict[tuple, SafeString] = {}


def kept_field(form, name: str) -> SafeString:
    """Return the HTML of a field. On a form that was posted it is rendered each time: it shows what is wrong."""
    if form.is_bound:
        return _written(form[name])
    key = (type(form), name, get_language(), *_shown(form[name]))
    if key not in _kept:
        if len(_kept) >= MAX_KEPT:
            _kept.clear()
        _kept[key] = _written(form[name])
    return _kept[key]


def _written(bound) -> SafeString:
    return mark_safe(remove_spaces(as_crispy_field(bound)))


def _shown(bound) -> tuple:
    """Return all that differs between two forms of a class in what they show of a field."""
    field = bound.field
    choices = tuple((_text(value), _text(label)) for value, label in getattr(field, "choices", ()))
    value = bound.value()
    return bound.auto_id, _text(bound.label), _text(field.help_text), field.required, type(value), _text(value), choices


def _text(value) -> tuple[str, bool]:
    """Return a text, and whether it is HTML already."""
    return str(value), isinstance(value, SafeData)
