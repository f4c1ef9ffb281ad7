"""Replacements of Django filters that would damage our text. Loaded for every template (`builtins` in the settings)."""

import re

from django import template
from django.template.defaultfilters import stringfilter

register = template.Library()
BREAKING_SPACE = re.compile(r"[ \t\r\n]+")


@register.filter
@stringfilter
def truncatewords(text: str, number: str | int) -> str:
    """Return the first `number` words of the text. A non-breaking space (« Pourquoi ? ») is kept and separates no words."""
    words = BREAKING_SPACE.split(text.strip(), int(number))
    return " ".join(words[: int(number)]) + (" …" if len(words) > int(number) else "")
