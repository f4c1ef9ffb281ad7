from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from rights.perms import can_hide, can_see_file
from rights.photographs import photograph_of

register = template.Library()


def _photograph_links(person) -> list[tuple[str, str]]:
    if photograph_of(person) is None:
        return [("photograph", _("Add a photograph"))]
    return [("photograph", _("Replace the photograph")), ("photograph_end", _("Erase the photograph"))]


@register.simple_tag(takes_context=True)
def personal_data(context, person) -> dict:
    """Return what the user may do with a person's data, as links. Usage: {% personal_data original as data %}."""
    user = context["request"].user
    if person is None:
        return {"links": []}
    found = []
    if can_hide(user, person):
        hide = _("Show again in public") if person.is_hidden else _("Hide from the public")
        found += [("hide", hide), ("link", _("Send the person their link")), *_photograph_links(person)]
    if can_see_file(user):
        found += [("file", _("What is kept")), ("anonymise", _("Anonymise"))]
    links = [(label, reverse(f"panel_rights:{name}", args=[person.pk])) for name, label in found]
    return {"links": links, "is_hidden": person.is_hidden}
