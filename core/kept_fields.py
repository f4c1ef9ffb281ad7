"""Fields of a form that look the same to everybody: their HTML is made once, and made anew where anything in it differs."""

from crispy_forms.layout import TEMPLATE_PACK, LayoutObject
from crispy_forms.utils import render_field
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

# More than the forms of an hour have; what partners typed is forgotten with the rest.
MAX_KEPT = 500

_kept: dict[tuple, SafeString] = {}


class Kept(LayoutObject):
    """One field of a layout. On a form that was posted it is rendered each time: it shows what is wrong."""

    def __init__(self, name: str):
        self.fields = [name]

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        name = self.fields[0]
        if form.is_bound:
            return render_field(name, form, context, template_pack=template_pack)
        key = (type(form), name, get_language(), template_pack, *_shown(form[name]))
        if key not in _kept:
            if len(_kept) >= MAX_KEPT:
                _kept.clear()
            _kept[key] = render_field(name, form, context, template_pack=template_pack)
        form.rendered_fields.add(name)
        return _kept[key]


def _shown(bound) -> tuple:
    """Return all that differs between two forms of a class in what they show of a field."""
    field = bound.field
    choices = tuple((_text(value), _text(label)) for value, label in getattr(field, "choices", ()))
    value = bound.value()
    return bound.auto_id, _text(bound.label), _text(field.help_text), field.required, type(value), _text(value), choices


def _text(value) -> tuple[str, bool]:
    """Return a text, and whether it is HTML already."""
    return str(value), isinstance(value, SafeData)
