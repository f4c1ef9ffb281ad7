"""Django's own filters where they would spoil our text. Loaded for every template (`builtins` in the settings)."""

import re

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()
BREAKING_SPACE = re.compile(r"[ \t\r\n]+")


@register.filter
@stringfilter
def truncatewords(text: str, number: str | int) -> str:
    """Return the first words of the text; a space that does not break (« Pourquoi ? ») stays what it is."""
    words = BREAKING_SPACE.split(text.strip())
    return " ".join(words[: int(number)]) + (" …" if len(words) > int(number) else "")
