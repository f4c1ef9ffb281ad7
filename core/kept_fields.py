"""Cached HTML of form fields that look the same to everybody. The key contains all that the HTML depends on."""

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from crispy_forms.templatetags.crispy_forms_utils import remove_spaces
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

# More than the forms used within an hour have. When it is full, everything is dropped, including what partners typed.
MAX_KEPT = 500

_kept: dict[tuple, SafeString] = {}


def kept_field(form, name: str) -> SafeString:
    """Return the HTML of a field. It is not cached for a posted form, which shows errors."""
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
    """Return everything that can differ in a field between two forms of the same class, as a cache key."""
    field = bound.field
    choices = tuple((_text(value), _text(label)) for value, label in getattr(field, "choices", ()))
    value = bound.value()
    return bound.auto_id, _text(bound.label), _text(field.help_text), field.required, type(value), _text(value), choices


def _text(value) -> tuple[str, bool]:
    """Return a value as text, and whether it is marked as safe HTML."""
    return str(value), isinstance(value, SafeData)
