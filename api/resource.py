"""A resource: the public records of one kind, found as the page of the same list finds them."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Schema
from pyroaring import BitMap

from clusters.enums import Origin
from core.addresses import addresses_of
from core.facets import MAX_VALUES
from core.languages import CONTENT_LANGUAGES
from core.listing import FacetedList
from core.pagination import PublicListView

ROOT = "/api/v1"
# What the schemas have a field for.
LANGUAGES = CONTENT_LANGUAGES
SHOWN_LENGTH = 60
Errors = list[tuple[str, str]]


@dataclass(frozen=True)
class Found:
    """The records that an address asks for, and what is wrong with it. `in_order` has them as the page sorts them."""

    keys: BitMap
    errors: Errors = field(default_factory=list)
    in_order: Callable[[], Sequence[int]] = list


@dataclass(frozen=True)
class Resource:
    """One kind of record: which are public, how an address finds them, and what is said of each."""

    name: str
    # What one is called in the OpenAPI document, in English.
    noun: str
    item: type[Schema]
    # All that the public may read, whatever is asked.
    public: Callable[[], QuerySet[Any]]
    find: Callable[[HttpRequest], Found]
    # What is said of the records with these keys, by key; in a constant number of queries.
    fetch: Callable[[Iterable[int]], dict[int, dict[str, Any]]]
    # What was said of the record with this key on a day that is over; None, and why, where it was nothing public then.
    fetch_then: Callable[[int, datetime.date], tuple[dict[str, Any] | None, str]] | None = None
    # The parameters of the page, with what each means, and those of them that have one value.
    filters: dict[str, str] = field(default_factory=dict)
    single: tuple[str, ...] = ("q",)
    sorts: tuple[str, ...] = ()
    # The page of the list on the site.
    page: str = ""
    # By which fields a record is known to be made up.
    origins: tuple[str, ...] = ("origin",)
    # The tables of which a written row means that one of these records may have changed, each with the column that names it.
    # Without any, all of them are looked at: they are few, or change with the day.
    told_by: dict[str, str] = field(default_factory=dict)
    # Which of these records name some people: whoever is hidden, or called otherwise, changes them too.
    naming: Callable[[Iterable[int]], Iterable[int]] | None = None
    why_gone: Callable[[Iterable[int]], dict[int, str]] = lambda pks: {}
    example: str = ""

    def shown(self) -> QuerySet[Any]:
        """Return the records that the API shows: those made up only where the whole site is a demonstration."""
        records = self.public()
        if not settings.DEMONSTRATION:
            for origin in self.origins:
                records = records.exclude(**{origin: Origin.DEMONSTRATION})
        return records

    def address(self, key: int) -> str:
        return f"{settings.SITE_URL}{ROOT}/{self.name}/{key}"


def links(name: str, key: int, page: str = "", *slugs: str, fragment: str = "") -> dict[str, str | None]:
    """Return where a record stands in the API and on the site."""
    pages = {code: settings.SITE_URL + _page(page, code, slugs) + fragment for code in LANGUAGES} if page else {}
    return {"self": f"{settings.SITE_URL}{ROOT}/{name}/{key}", **pages}


def _page(page: str, language: str, slugs: tuple[str, ...]) -> str:
    with override(language):
        return addresses_of(page, len(slugs))(*slugs)


def of_listing(
    listing_class: type[FacetedList], in_order: Callable[[Any], Sequence[int]] | None = None
) -> Callable[[HttpRequest], Found]:
    """Find as a list with facets does. `in_order` gives its keys in the order that the page has them in."""

    def find(request: HttpRequest) -> Found:
        listing = listing_class(request.GET)
        order = partial(in_order, listing) if in_order else list
        return Found(BitMap(listing.found), _not_understood(listing, request), order)

    return find


def _not_understood(listing: FacetedList, request: HttpRequest) -> Errors:
    errors = [(name, unknown(name, value)) for name, value in listing.unknown]
    for facet in listing.facets:
        if len(request.GET.getlist(facet.name)) > MAX_VALUES:
            sentence = _("“%(name)s” takes at most %(most)s values.") % {"name": facet.name, "most": MAX_VALUES}
            errors.append((facet.name, sentence))
    return errors + wordless(listing.query, listing.has_words)


def of_view(view_class: type[PublicListView]) -> Callable[[HttpRequest], Found]:
    """Find as the view of a list without facets does: people, institutions, partners."""

    def find(request: HttpRequest) -> Found:
        view = view_class()
        view.setup(request)
        found = view.get_queryset()
        keys = found.values_list("pk", flat=True) if isinstance(found, QuerySet) else found.keys
        errors = wordless(view.query, bool(view.words))
        if (kind := request.GET.get("kind")) and kind != getattr(view, "kind", ""):
            errors.append(("kind", unknown("kind", kind)))
        return Found(BitMap(keys), errors)

    return find


def wordless(query: str, has_words: bool) -> Errors:
    """Return what is wrong with words to search for that are none."""
    if not query or has_words:
        return []
    return [("q", _("“%(text)s” has no word to search for.") % {"text": query[:SHOWN_LENGTH]})]


def unknown(name: str, value: str) -> str:
    shown = value[:SHOWN_LENGTH].replace("\x00", "")
    return _("“%(value)s” is not known under “%(filter)s”.") % {"value": shown, "filter": name}
