"""A resource: the public records of one kind, with the same search as the page of their list."""

import datetime
import hashlib
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

from clusters.origins import told
from core.addresses import addresses_of
from core.facets import MAX_VALUES
from core.languages import CONTENT_LANGUAGES
from core.listing import FacetedList
from core.pagination import PublicListView

ROOT = "/api/v1"
# The languages for which the schemas have fields.
LANGUAGES = CONTENT_LANGUAGES
SHOWN_LENGTH = 60
DIGEST_LENGTH = 32
Errors = list[tuple[str, str]]


@dataclass(frozen=True)
class Found:
    """The records that a request finds, and the errors in its parameters.

    `in_order` returns the keys in the page's order.
    """

    keys: BitMap
    errors: Errors = field(default_factory=list)
    in_order: Callable[[], Sequence[int]] = list


@dataclass(frozen=True)
class Resource:
    """One kind of record: which are public, how requests search them, and what is returned for each."""

    name: str
    # The name of one record in the OpenAPI document, in English.
    noun: str
    item: type[Schema]
    # Returns all public records, without any filter.
    public: Callable[[], QuerySet[Any]]
    find: Callable[[HttpRequest], Found]
    # Returns the content of the records with these keys, by key; in a constant number of queries.
    fetch: Callable[[Iterable[int]], dict[int, dict[str, Any]]]
    # Returns the content of a record on a past day; or None and the reason why it was not public then.
    fetch_then: Callable[[int, datetime.date], tuple[dict[str, Any] | None, str]] | None = None
    # The parameters of the page with their descriptions, and those that take a single value.
    filters: dict[str, str] = field(default_factory=dict)
    single: tuple[str, ...] = ("q",)
    sorts: tuple[str, ...] = ()
    # URL name of the list's page on the site.
    page: str = ""
    # Returns the keys of what is public and has no row of its own; beyond those of the rows.
    others: Callable[[], BitMap] = BitMap
    # The fields that mark a record as demonstration data.
    origins: tuple[str, ...] = ("origin",)
    # The tables in which a changed row may change a record, each with the column of the record's key. Without any, all
    # records are compared: they are few, or change with the day.
    told_by: dict[str, str] = field(default_factory=dict)
    # Returns the records that name these people: they change when a person is hidden or renamed.
    naming: Callable[[Iterable[int]], Iterable[int]] | None = None
    # URL names of the pages about one record, which say so once it is gone; and the parts of such an address, as it
    # stays: from the content of a record, the key of its cluster and its slug.
    pages: tuple[str, ...] = ()
    place: Callable[[dict[str, Any]], tuple[int | str, ...]] = lambda said: (said["slug"],)
    why_gone: Callable[[Iterable[int]], dict[int, str]] = lambda pks: {}
    example: str = ""

    def shown(self) -> QuerySet[Any]:
        """Return the records that the API shows: demonstration data only on a demonstration site."""
        return told(self.public(), *self.origins)

    def keys(self) -> BitMap:
        """Return the keys of all that the API shows."""
        return BitMap(self.shown().order_by().values_list("pk", flat=True)) | self.others()

    def page_of(self, said: dict[str, Any]) -> str:
        """Return the digest of a record's page; empty if it has none of its own, or is to leave no trace."""
        return self.page_at(*self.place(said)) if self.pages else ""

    def page_at(self, *place: int | str) -> str:
        text = "/".join(map(str, (self.name, *place)))
        return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]

    def address(self, key: int) -> str:
        return f"{settings.SITE_URL}{ROOT}/{self.name}/{key}"


def links(name: str, key: int, page: str = "", *slugs: str, fragment: str = "") -> dict[str, str | None]:
    """Return the addresses of a record in the API, and on the site in each language."""
    pages = {code: settings.SITE_URL + _page(page, code, slugs) + fragment for code in LANGUAGES} if page else {}
    return {"self": f"{settings.SITE_URL}{ROOT}/{name}/{key}", **pages}


def _page(page: str, language: str, slugs: tuple[str, ...]) -> str:
    with override(language):
        return addresses_of(page, len(slugs))(*slugs)


def of_listing(
    listing_class: type[FacetedList], in_order: Callable[[Any], Sequence[int]] | None = None
) -> Callable[[HttpRequest], Found]:
    """Return a function that searches like a list with facets; `in_order` returns the keys in the page's order."""

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
    """Return a function that searches like the view of a list without facets: people, institutions, partners."""

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
    """Return the error for a query that contains no word, or an empty list."""
    if not query or has_words:
        return []
    return [("q", _("“%(text)s” has no word to search for.") % {"text": query[:SHOWN_LENGTH]})]


def unknown(name: str, value: str) -> str:
    shown = value[:SHOWN_LENGTH].replace("\x00", "")
    return _("“%(value)s” is not known under “%(filter)s”.") % {"value": shown, "filter": name}
