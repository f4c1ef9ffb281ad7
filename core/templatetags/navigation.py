"""Links that keep the reader's place: the same page in another language, the next page of the same list."""

import re
from contextlib import suppress
from functools import cache, lru_cache

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import (
    NoReverseMatch,
    Resolver404,
    get_script_prefix,
    get_urlconf,
    resolve,
    reverse,
    translate_url,
)
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from core.addresses import address_of
from core.language_names import called_by_itself
from core.languages import reader_language

register = template.Library()

# Links repeat the query string many times per page, so values longer than any search are left out.
MAX_VALUE_LENGTH = 200
# Of these templates each page has some, so they are filled in here.
LANGUAGE_LINK = '<li><a href="{}" lang="{}" hreflang="{}">{}</a></li>'
CANONICAL = '<link rel="canonical" href="{}{}">'
ALTERNATE = '<link rel="alternate" hreflang="{}" href="{}{}">'
# A placeholder for the query, which is all that differs between the links to the pages of two lists of one length.
QUERY = "--query--"
# How many such links are kept.
MAX_KEPT = 200
# The names under which a page may have a form.
FORMS = ("form", "verify_form", "photograph_form")
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


def query_without(request, *names: str) -> str:
    """Return `short_query` as text, without these parameters: made once per request, since many links have it."""
    kept = vars(request).setdefault("_short_queries", {})
    if names not in kept:
        query = short_query(request)
        for name in names:
            query.pop(name, None)
        kept[names] = query.urlencode()
    return kept[names]


def with_query(request, address: str) -> str:
    query = query_without(request)
    return f"{address}?{query}" if query else address


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
def language_links(context) -> SafeString:
    """Return a link to the current page in each of the other languages, as items of a list."""
    request, here = context.get("request"), reader_language()
    others = [code for code, _name in settings.LANGUAGES if code != here] if request else []
    links = [(in_language(request, code), code, code, called_by_itself(code)) for code in others]
    return format_html_join("\n", LANGUAGE_LINK, links)


@register.simple_tag(takes_context=True)
def alternate_links(context) -> SafeString:
    """Return the canonical URL of this page and its alternate ones for search engines: one per language, and a neutral one.

    They have no query, because combinations of filters are endless. The neutral one (x-default)
    names no language and redirects to that of the browser.
    """
    request = context.get("request")
    language = get_language_from_path(request.path) if request else None
    if not language or not (is_routed(request) or is_known(request.path)):
        return mark_safe("")
    path, neutral = escape(request.path), escape(request.path.removeprefix(f"/{language}"))
    links = [(code, f"/{code}{neutral}") for code, _name in settings.LANGUAGES]
    lines = [ALTERNATE.format(code, settings.SITE_URL, url) for code, url in [*links, ("x-default", neutral)]]
    return mark_safe("\n    ".join([CANONICAL.format(settings.SITE_URL, path), *lines]))


@register.simple_tag(takes_context=True)
def directory_links(context) -> dict:
    """Return the links to the directory's sections (see `links_to`), and a text that identifies the current one, as a cache key.

    The template calls `links` only if it has no cached text.
    """
    request = context.get("request")
    path = request.path if request else ""
    addresses = _directory_addresses(get_language(), get_urlconf(), get_script_prefix())
    place = ",".join(current_on(path, url) for url in addresses)
    return {"links": lambda: links_to(DIRECTORY, context), "place": place}


@cache
def _directory_addresses(language: str, urlconf: str, prefix: str) -> list[str]:
    """Return the URLs of the directory's sections that exist, in the active language."""
    found = []
    for name, _label in DIRECTORY:
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return found


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
        links.append({"url": url, "label": label, "is_current": current_on(path, url)})
    return links


def current_on(path: str, url: str) -> str:
    """Return the value of `aria-current` of a link to `url` on the page at `path`."""
    return "page" if path == url else "true" if path.startswith(url) else ""


@register.simple_tag(takes_context=True)
def page_url(context, number: int, name: str = "page") -> str:
    """Return the URL of another page of the current list, with the same query. `name` is the page parameter of the list."""
    return with_page(query_without(context["request"], name), number, name)


@register.filter
def with_page(query: str, number: int, name: str = "page") -> str:
    """Return the relative URL of a page with this query."""
    return "?" + "&".join(part for part in (query, f"{name}={number}" if number > 1 else "") if part)


@register.simple_tag(takes_context=True)
def page_links(context) -> SafeString:
    """Return the links to the pages of the current list, `page_obj`."""
    page, listing = context.get("page_obj"), context.get("listing")
    if page is None or not page.has_other_pages():
        return mark_safe("")
    query, is_narrowed = query_without(context["request"], "page"), getattr(listing, "is_narrowed", False)
    place = QUERY if query else ""
    html = _page_links(page.number, page.paginator.num_pages, is_narrowed, place, get_language())
    return mark_safe(html.replace(QUERY, escape(query)))


@lru_cache(maxsize=MAX_KEPT)
def _page_links(number: int, last: int, is_narrowed: bool, query: str, language: str) -> str:
    page = Paginator(range(last), 1).page(number)
    return render_to_string("_page_links.html", {"page_obj": page, "is_narrowed": is_narrowed, "query": query})


@register.simple_tag(takes_context=True)
def told_of_errors(context) -> str:
    """Return “Error:” if a form of the page has errors, since the title of such a page begins with it."""
    has_errors = any(getattr(context.get(name), "errors", None) for name in FORMS)
    return _("Error:") + " " if has_errors else ""


@register.filter
def elided_pages(paginator, number: int) -> list[int | None]:
    """Return the page numbers to link to around `number`; None stands for a gap."""
    pages = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in pages]
