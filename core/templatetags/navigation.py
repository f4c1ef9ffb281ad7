"""Links that keep the reader's place: the same page in another language, the next page of the same list."""

import re

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import NoReverseMatch, Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from core.addresses import address_of
from core.language_names import called_by_itself
from core.languages import reader_language

register = template.Library()

# Links repeat the query string many times per page, so values longer than any search are left out.
MAX_VALUE_LENGTH = 200
PLAIN_PATH = re.compile(r"[\w/.-]+", re.ASCII)

DIRECTORY = (
    ("chairs:list", _("Chairs")),
    ("clusters:list", _("Clusters")),
    ("clusters:training_list", _("Training")),
    ("chairs:person_list", _("People")),
    ("chairs:institution_list", _("Institutions")),
    ("chairs:opportunities", _("Opportunities")),
    ("sponsorships:partner_list", _("Partners")),
    ("figures:public", _("Figures")),
)

ACCOUNT = (
    ("profile", _("Name and language")),
    ("account_email", _("E-mail addresses")),
    ("account_change_password", _("Password")),
    ("mfa_index", _("Second factor")),
    ("identities", _("Other sign-ins")),
    ("usersessions_list", _("Sessions")),
)


def short_query(request) -> QueryDict:
    """Return the request's query parameters, without those that are too long to repeat."""
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        kept = [value for value in values if len(value) <= MAX_VALUE_LENGTH]
        if kept and len(name) <= MAX_VALUE_LENGTH:
            query.setlist(name, kept)
    return query


def with_query(request, address: str) -> str:
    # Cached: each page has such a link per language.
    if not hasattr(request, "_short_query"):
        request._short_query = short_query(request).urlencode()
    return f"{address}?{request._short_query}" if request._short_query else address


def is_known(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def is_routed(request) -> bool:
    """Return whether a view was found for the request, and its path needs no quoting."""
    return bool(request.resolver_match and PLAIN_PATH.fullmatch(request.path))


def in_language(request, language: str) -> str:
    """Return the URL of the same page in another language; the home page if there is none."""
    if is_routed(request):
        here = get_language_from_path(request.path)
        # URLs in different languages differ only in their prefix.
        path = f"/{language}{request.path.removeprefix(f'/{here}')}" if here else request.path
        return with_query(request, path)
    if is_known(request.path):
        return with_query(request, translate_url(request.path, language))
    with override(language):
        return reverse("chairs:home")


@register.simple_tag(takes_context=True)
def language_links(context):
    """Return a link for each language to the current page."""
    request = context.get("request")
    if request is None:
        return []
    here = reader_language()
    return [
        {
            "code": code,
            "name": called_by_itself(code),
            "url": in_language(request, code),
            "is_current": code == here,
        }
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def alternate_links(context):
    """Return the alternate URLs of this page for search engines: one per language, and a neutral one.

    Like the canonical URL, they have no query, because combinations of filters are endless. The neutral one (x-default)
    names no language and redirects to that of the browser.
    """
    request = context.get("request")
    language = get_language_from_path(request.path) if request else None
    if not language or not (is_routed(request) or is_known(request.path)):
        return []
    neutral = request.path.removeprefix(f"/{language}")
    links = [{"code": code, "url": f"/{code}{neutral}"} for code, _name in settings.LANGUAGES]
    return [*links, {"code": "x-default", "url": neutral}]


@register.simple_tag(takes_context=True)
def directory_links(context) -> dict:
    """Return the links to the directory's sections (see `links_to`), and a text that identifies the current one, as a cache key."""
    links = links_to(DIRECTORY, context)
    return {"links": links, "place": ",".join(link["is_current"] for link in links)}


@register.simple_tag(takes_context=True)
def account_links(context):
    """Return the links to the pages of one's own account (see `links_to`)."""
    return links_to(ACCOUNT, context)


def links_to(pages, context) -> list[dict]:
    """Return a link to each page that exists. `is_current` is "page" on the page itself, "true" on pages below it, else empty."""
    request = context.get("request")
    links = []
    path = request.path if request else ""
    for name, label in pages:
        try:
            url = address_of(name)
        except NoReverseMatch:
            continue
        current = "page" if path == url else "true" if path.startswith(url) else ""
        links.append({"url": url, "label": label, "is_current": current})
    return links


@register.simple_tag(takes_context=True)
def page_url(context, number: int, name: str = "page") -> str:
    """Return the URL of another page of the current list, with the same query. `name` is the page parameter of the list."""
    key = f"query without {name}"
    kept = context.render_context.get(key)
    if kept is None:
        query = short_query(context["request"])
        query.pop(name, None)
        kept = context.render_context[key] = query.urlencode()
    return "?" + "&".join(part for part in (kept, f"{name}={number}" if number > 1 else "") if part)


@register.filter
def elided_pages(paginator, number: int) -> list[int | None]:
    """Return the page numbers to link to around `number`; None stands for a gap."""
    pages = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in pages]
