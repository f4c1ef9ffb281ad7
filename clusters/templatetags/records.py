import datetime
from urllib.parse import urlsplit

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from clusters.enums import Origin
from core.languages import CONTENT_LANGUAGES, reader_language
from core.money import euros, number

register = template.Library()


def language_of(record, name: str) -> str:
    """Return the language to show a translated field in: the reader's if it has a text, else another that has one."""
    here = reader_language()
    for language in (here, *CONTENT_LANGUAGES):
        if getattr(record, f"{name}_{language}", ""):
            return language
    return here


@register.simple_tag(name="note")
def in_readers_language(text: str):
    """Show a note in the reader's language.

    Notes of the directory and the demonstration are in English, with translations in the catalogue. A note by staff has
    no translation, and is marked as English. Usage: {% note theme.note %}
    """
    said = gettext(text) if text else ""
    return said if said != text or reader_language() == "en" else format_html('<span lang="en">{}</span>', text)


@register.simple_tag
def field(record, name: str):
    """Show a record's translated text, with its `lang` attribute if it differs from the page's.

    Usage: {% field chair "title" %}
    """
    here = reader_language()
    if text := getattr(record, f"{name}_{here}", ""):
        return text
    language = language_of(record, name)
    text = getattr(record, f"{name}_{language}", "") or ""
    if language == here:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def text_of(record, name: str) -> dict:
    """Return a record's translated text, and its language if it differs from the page's.

    Usage: {% text_of chair "description" as description %}…{{ description.text|linebreaks }}
    """
    language = language_of(record, name)
    return {
        "text": getattr(record, f"{name}_{language}", "") or "",
        "language": "" if language == reader_language() else language,
    }


@register.simple_tag
def source_link(url: str, as_of: str = "", note: str = "", *, whole: bool = False) -> str:
    """Show a source as a link, or as text if it is not a web address. Usage: {% source_link figure.source as_of=day %}"""
    name = host(url)
    link = format_html('<a href="{}" rel="external noopener">{}</a>', url, url if whole else name)
    parts = [link if name else format_html("<cite>{}</cite>", url)]
    if as_of:
        parts.append(format_html(", {}", gettext("as of %(day)s") % {"day": as_of}))
    if note:
        parts.append(format_html(' <span class="note">{}</span>', in_readers_language(note)))
    return format_html('<span class="source">{}</span>', format_html_join("", "{}", ([part] for part in parts)))


@register.simple_tag
def origin_mark(record) -> str:
    """Mark a made-up record in a list, like `_origin.html` on its own page. Usage: {% origin_mark chair %}"""
    if record.origin != Origin.DEMONSTRATION:
        return ""
    return format_html('<span class="origin origin-demonstration">{}</span>', gettext("Demonstration"))


register.filter(number)
register.filter(euros)


@register.filter
def partial_date(text: str) -> str:
    """Show a date that may be only a year or a month: 2021, 2021-01, 2021-01-15."""
    parts = str(text or "").split("-")
    try:
        day = datetime.date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return str(text or "")
    formats = {1: "Y", 2: "YEAR_MONTH_FORMAT", 3: "DATE_FORMAT"}
    return date_format(day, formats[min(len(parts), 3)])


@register.filter
def host(url) -> str:
    """Return the host of a web address; an empty text if it is not one, and must not become a link."""
    try:
        parts = urlsplit(str(url))
        name = parts.hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.") if parts.scheme in {"http", "https"} else ""
