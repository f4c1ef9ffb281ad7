"""Template tags for the exports of a list, on its page."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.templatetags.navigation import query_without
from lists.catalogue import BY_VIEW, PUBLIC_LISTS
from lists.formats import FORMATS

register = template.Library()
# The query parameter of the page that does not filter the list.
OF_THE_PAGE = "page"
# A placeholder for the list's words and filters: all else in the HTML is the same on every page of a list.
QUERY = "--query--"


@register.simple_tag(takes_context=True)
def take_away(context) -> SafeString:
    """Show the export formats of the current list, with its words and filters."""
    return _shown(context, _take_away)


@register.simple_tag
def take_away_of(name: str, **params) -> SafeString:
    """Show the export formats of a list on another page, which shows a part of it. Usage: {% take_away_of "outputs" chair=1 %}"""
    return mark_safe(_take_away(name, get_language()).replace(QUERY, escape(f"?{urlencode(params)}")))


@register.simple_tag(takes_context=True)
def feed_links(context) -> SafeString:
    """Add links to the list's other formats to the page's head, for programs."""
    return _shown(context, _feed_links)


def _shown(context, made) -> SafeString:
    """Return the HTML that `made` makes of the current page's list, with its query; nothing on a page without a list."""
    request = context.get("request")
    match = request.resolver_match if request else None
    found = BY_VIEW.get(match.view_name) if match else None
    if found is None:
        return mark_safe("")
    query = query_without(request, OF_THE_PAGE)
    return mark_safe(made(found.name, get_language()).replace(QUERY, escape(f"?{query}") if query else ""))


@cache
def _take_away(name: str, language: str) -> str:
    files = [{"label": kind.label, "url": url} for kind, url in _files(name)]
    return render_to_string("lists/_take_away.html", {"name": name, "files": files, "query": QUERY})


@cache
def _feed_links(name: str, language: str) -> str:
    links = [{"type": kind.media_type.split(";")[0], "label": kind.label, "url": url} for kind, url in _files(name)]
    return render_to_string("lists/_feed_links.html", {"title": PUBLIC_LISTS[name].title, "links": links})


def _files(name: str) -> list:
    """Return the list's formats, each with its URL."""
    return [(FORMATS[form], reverse("lists:file", args=[name, form]) + QUERY) for form in PUBLIC_LISTS[name].formats]
