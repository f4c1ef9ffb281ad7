"""What a list's page shows of the forms in which it can be taken away."""

from django import template
from django.urls import reverse

from core.templatetags.navigation import short_query
from lists.catalogue import BY_VIEW
from lists.formats import FORMATS
from lists.public_list import PublicList

register = template.Library()
# Parameters of a page that are none of what it lists.
OF_THE_PAGE = ("page",)


@register.inclusion_tag("lists/_take_away.html", takes_context=True)
def take_away(context) -> dict:
    """Show what the list being read can be taken away as, with the words and filters of its address."""
    found, query = _list_and_query(context)
    if found is None:
        return {}
    files = [{"label": FORMATS[form].label, "url": _file(found, form) + query} for form in found.formats]
    return {"name": found.name, "files": files, "query": query}


@register.inclusion_tag("lists/_feed_links.html", takes_context=True)
def feed_links(context) -> dict:
    """Tell programs of the list's other forms, in the page's head."""
    found, query = _list_and_query(context)
    if found is None:
        return {}
    kinds = [(FORMATS[form], _file(found, form) + query) for form in found.formats]
    links = [{"type": kind.media_type.split(";")[0], "label": kind.label, "url": url} for kind, url in kinds]
    return {"title": found.title, "links": links}


def _list_and_query(context) -> tuple[PublicList | None, str]:
    request = context.get("request")
    match = request.resolver_match if request else None
    found = BY_VIEW.get(match.view_name) if match else None
    if found is None:
        return None, ""
    query = short_query(request)
    for name in OF_THE_PAGE:
        query.pop(name, None)
    return found, f"?{query.urlencode()}" if query else ""


def _file(public_list: PublicList, form: str) -> str:
    return reverse("lists:file", args=[public_list.name, form])
