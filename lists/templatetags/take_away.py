"""Template tags for the exports of a list, on its page."""

from django import template
from django.urls import reverse

from core.templatetags.navigation import short_query
from lists.catalogue import BY_VIEW
from lists.formats import FORMATS
from lists.public_list import PublicList

register = template.Library()
# Query parameters of the page that do not filter the list.
OF_THE_PAGE = ("page",)


@register.inclusion_tag("lists/_take_away.html", takes_context=True)
def take_away(context) -> dict:
    """Show the export formats of the current list, with its words and filters."""
    found, query = _list_and_query(context)
    if found is None:
        return {}
    files = [{"label": FORMATS[form].label, "url": _file(found, form) + query} for form in found.formats]
    return {"name": found.name, "files": files, "query": query}


@register.inclusion_tag("lists/_feed_links.html", takes_context=True)
def feed_links(context) -> dict:
    """Add links to the list's other formats to the page's head, for programs."""
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
