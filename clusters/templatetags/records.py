from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

register = template.Library()

CENT = Decimal("0.01")
# French separates thousands with a narrow no-break space, and the sign with a no-break space.
FRENCH_NUMBERS = str.maketrans({",": "\u202f", ".": ","})


def page_language() -> str:
    return (get_language() or "en").split("-")[0]


def language_of(record, name: str) -> str:
    """Answer the language in which a translated field can be shown: the reader's if it is written in it, else the other."""
    here = page_language()
    for language in (here, "en", "fr"):
        if getattr(record, f"{name}_{language}", ""):
            return language
    return here


@register.simple_tag
def field(record, name: str):
    """Show a record's translated text, marked with its language where that is not the page's.

    Usage: {% field chair "title" %}
    """
    language = language_of(record, name)
    text = getattr(record, f"{name}_{language}", "") or ""
    if language == page_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def number(value) -> str:
    """Show a number as the reader's language writes it, with decimals only where there are some."""
    try:
        amount = Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)
    except (InvalidOperation, TypeError, ValueError):
        return ""
    text = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return text.translate(FRENCH_NUMBERS) if page_language() == "fr" else text


@register.filter
def euros(value) -> str:
    """Show an amount in euros: €360,000,000 in English, 360 000 000 € in French; cents only where there are some."""
    text = number(value)
    if not text:
        return ""
    if page_language() == "fr":
        return f"{text}\u00a0€"
    return f"-€{text[1:]}" if text.startswith("-") else f"€{text}"


@register.filter
def host(url) -> str:
    """Answer the site of a web address; an empty text where it is not one, and so must not become a link."""
    try:
        parts = urlsplit(str(url))
        name = parts.hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.") if parts.scheme in {"http", "https"} else ""
