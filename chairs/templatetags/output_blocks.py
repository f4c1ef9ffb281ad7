from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from chairs.outputs.entries import entry_html, foreign_language

register = template.Library()


@register.simple_tag
def output_entry(output):
    """Show an output as the public lists do. Usage: {% output_entry output %}"""
    return entry_html(output)


# The language of a title that is not in the reader's.
register.filter("foreign_language", foreign_language)


@register.simple_tag
def completion_of(output) -> str:
    """Return a sentence that says why only an identifier is shown."""
    if not settings.ASK_REGISTRIES:
        return _("This site does not ask the registries: the identifier is kept as it is.")
    if not output.problem:
        return _("Title and authors are being asked of the registry.")
    kept = _("The identifier is kept; the registry is asked again at night.")
    return f"{output.get_problem_display()} {kept}"
