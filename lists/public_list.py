"""A public list, described once for all its exports: files, feeds, calendars, embedded frames and mails."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any, ClassVar

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exports import Value
from core.listing import FacetedList
from core.pagination import PagedListView
from core.views.listing import FacetedListView

# Records read at a time, so that memory does not grow with the list.
CHUNK = 200
# The columns of every file, after the list's own.
COMMON_COLUMNS = {
    "address": gettext_lazy("Address"),
    "is_demonstration": gettext_lazy("Demonstration"),
}


Moments = Mapping[int, datetime.datetime]


@dataclass(frozen=True)
class Item:
    """A record of a list, in the active language. `cells` are its values by column name."""

    key: int
    title: str
    path: str
    cells: Mapping[str, Any]
    # A few words about what and where it is, and a paragraph if the record has one.
    facts: Sequence[str] = ()
    text: str = ""
    # When its public content last changed; None if nobody noted it, or nobody asked (`AskedList.dated_items`).
    updated_at: datetime.datetime | None = None
    is_demonstration: bool = False
    # Dates for the calendar: label and day, by a name that becomes part of the event's identifier.
    days: Mapping[str, tuple[str, datetime.date]] = field(default_factory=dict)
    record: Any = None
    # Language of the title, if not the active one.
    language: str = ""

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.path


class PublicList:
    """A list of the site. Its page's view selects and orders the records; `items` describes each."""

    name: str
    title: Any
    view_class: type[PagedListView]
    # The URL name of its page.
    view: str
    # Labels by name: the names are the keys in JSON, the labels the headers for readers.
    columns: ClassVar[dict[str, Any]]
    # Query parameters that filter the list, if its view does not define facets.
    narrowed_by: ClassVar[tuple[str, ...]] = ("q",)
    has_days = False
    has_citations = False
    # Returns when the public content of records last changed. Set by the app that notes it (api/apps.py). The time of the
    # last save will not do: it would tell of changes that are private.
    moments: Callable[[Sequence[int]], Moments] = staticmethod(lambda keys: {})

    def items(self, keys: Sequence[int]) -> list[Item]:
        """Return the public records with these keys, in this order, in a constant number of queries."""
        raise NotImplementedError

    def citation(self, item: Item) -> str:
        """Return the BibTeX entry of a record."""
        raise NotImplementedError

    def asked(self, params: QueryDict) -> "AskedList":
        return AskedList(self, params)

    def keys(self, asked: "AskedList") -> Sequence[int]:
        """Return the keys of all records on the list's page, in its order."""
        listing = asked.listing
        keys: Sequence[int] = listing.pks(0, listing.count) if listing else asked.view.get_queryset().keys
        return keys

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the query parameters that filter the list."""
        listing = getattr(self.view_class, "listing_class", None)
        return ("q", *(facet.name for facet in listing.facets)) if listing else self.narrowed_by

    @property
    def formats(self) -> list[str]:
        calendars, citations = ["ics"] if self.has_days else [], ["bib"] if self.has_citations else []
        return ["csv", "xlsx", "json", "atom", *calendars, *citations]

    @property
    def header(self) -> dict[str, str]:
        return {name: str(label) for name, label in {**self.columns, **COMMON_COLUMNS}.items()}


class AskedList:
    """A list as requested by an address, with the same search words and filters as its page."""

    def __init__(self, public_list: PublicList, params: QueryDict) -> None:
        self.public_list = public_list
        self.view = public_list.view_class.asked(params)
        self.params = params

    @cached_property
    def keys(self) -> Sequence[int]:
        return self.public_list.keys(self)

    @cached_property
    def listing(self) -> FacetedList | None:
        """The list of the view, with its words and filters; None for a list that can only be searched by name."""
        if not isinstance(self.view, FacetedListView):
            return None
        return self.view.get_queryset().listing

    def items(self) -> Iterator[Item]:
        """Yield all records, one chunk in memory at a time."""
        for keys in self._chunks():
            yield from self.public_list.items(keys)

    def dated_items(self) -> Iterator[Item]:
        """Yield all records, each with the time of its last public change."""
        for keys in self._chunks():
            moments = self.public_list.moments(keys)
            yield from (replace(item, updated_at=moments.get(item.key)) for item in self.public_list.items(keys))

    def _chunks(self) -> Iterator[Sequence[int]]:
        return (self.keys[start : start + CHUNK] for start in range(0, len(self.keys), CHUNK))

    def query(self, *, with_order: bool = True) -> str:
        """Return the query string, without the page number and unknown parameters."""
        names = (*self.public_list.parameters, *(["sort"] if with_order else []))
        known = QueryDict(mutable=True)
        for name in names:
            if values := list(dict.fromkeys(filter(None, self.params.getlist(name)))):
                known.setlist(name, values)
        return known.urlencode()

    def path(self, *, with_order: bool = True) -> str:
        """Return the address of its page, in the active language."""
        query = self.query(with_order=with_order)
        return reverse(self.public_list.view) + (f"?{query}" if query else "")

    @property
    def title(self) -> str:
        """The title of the list with its words and filters: “Chairs: health, DATAIA”."""
        said = ", ".join(self.filters)
        return (
            _("%(list)s: %(filters)s") % {"list": self.public_list.title, "filters": said}
            if said
            else str(self.public_list.title)
        )

    @cached_property
    def filters(self) -> list[str]:
        """The search words and the labels of the filters in use, each on one line."""
        listing = self.listing
        if listing is not None:
            # A label in another language than the page's is marked up for it; here it is text.
            values = [
                unescape(strip_tags(active.value)) if hasattr(active.value, "__html__") else str(active.value)
                for active in listing.active_filters
            ]
        else:
            values = [self.params.get(name, "") for name in self.public_list.parameters]
        return [text for value in values if (text := " ".join(value.split()))]


def rows(header: Iterable[str], items: Iterable[Item]) -> Iterator[list[Any]]:
    """Yield the values of each record in the order of these columns, for programs: lists and booleans stay as they are."""
    names = list(header)
    for item in items:
        common = {"address": item.address, "is_demonstration": item.is_demonstration}
        yield [{**item.cells, **common}.get(name) for name in names]


def lines(header: Iterable[str], items: Iterable[Item]) -> Iterator[list[Value]]:
    """Yield the same for a spreadsheet, whose cells cannot contain lists or booleans."""
    for row in rows(header, items):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> Value:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    cell: Value = value
    return cell
