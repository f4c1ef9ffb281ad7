from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

register = template.Library()


def language_of(record, name: str) -> str:
    """Answer the language in which a translated field can be shown: the reader's if it is written in it, else the other."""
    here = get_language() or "en"
    here = here.split("-")[0]
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
    if language == (get_language() or "en").split("-")[0]:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)
