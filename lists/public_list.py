"""What a public list says of itself, once, for all forms in which it is taken away: files, feeds, calendars, frames, mails."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exports import Value
from core.listing import FacetedList
from core.pagination import PagedListView
from core.views.listing import FacetedListView

# Records that are fetched at a time: what a file takes of memory does not depend on how many there are.
CHUNK = 200
# What every file has of a record, after its list's own columns.
COMMON_COLUMNS = {
    "address": gettext_lazy("Address"),
    "is_demonstration": gettext_lazy("Demonstration"),
}


@dataclass(frozen=True)
class Item:
    """A record of a list, in the reader's language. `cells` are its values by the names of the list's columns."""

    key: int
    title: str
    path: str
    cells: Mapping[str, Any]
    # A few words on what and where it is, and a paragraph where the record has one.
    facts: Sequence[str] = ()
    text: str = ""
    # None where nobody notes it.
    updated_at: datetime.datetime | None = None
    is_demonstration: bool = False
    # What falls on a day: what it is called, by its name in the event's identifier.
    days: Mapping[str, tuple[str, datetime.date]] = field(default_factory=dict)
    record: Any = None
    # Of the title, where it is not the reader's.
    language: str = ""

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.path


class PublicList:
    """A list of the site. Its own view says what it lists and in which order; `items` what there is to tell of each."""

    name: str
    title: Any
    view_class: type[PagedListView]
    # The name of its page.
    view: str
    # By name: what a file in JSON calls it, and what a reader does.
    columns: ClassVar[dict[str, Any]]
    # Parameters of its address by which it is narrowed, where its view does not say them.
    narrowed_by: ClassVar[tuple[str, ...]] = ("q",)
    has_days = False
    has_citations = False

    def items(self, keys: Sequence[int]) -> list[Item]:
        """Return the public records with these keys, in this order, in a number of queries that they do not change."""
        raise NotImplementedError

    def citation(self, item: Item) -> str:
        """Return the BibTeX entry of a record."""
        raise NotImplementedError

    def asked(self, params: QueryDict) -> "AskedList":
        return AskedList(self, params)

    def keys(self, asked: "AskedList") -> Sequence[int]:
        """Return the keys of all that the list's page shows, in its order."""
        listing = asked.listing
        keys: Sequence[int] = listing.pks(0, listing.count) if listing else asked.view.get_queryset().keys
        return keys

    @property
    def parameters(self) -> tuple[str, ...]:
        """What narrows the list, by the names in an address."""
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
    """A list as an address asks for it, with the words and filters that its page would have."""

    def __init__(self, public_list: PublicList, params: QueryDict) -> None:
        self.public_list = public_list
        self.view = public_list.view_class.asked(params)
        self.params = params

    @cached_property
    def keys(self) -> Sequence[int]:
        return self.public_list.keys(self)

    @cached_property
    def listing(self) -> FacetedList | None:
        """The list with its words and filters as its view has it; None of one that is only searched by name."""
        if not isinstance(self.view, FacetedListView):
            return None
        return self.view.get_queryset().listing

    def items(self) -> Iterator[Item]:
        """Yield all records, a chunk in memory at a time."""
        for start in range(0, len(self.keys), CHUNK):
            yield from self.public_list.items(self.keys[start : start + CHUNK])

    def query(self, *, with_order: bool = True) -> str:
        """Return what the address says after its question mark, without its page and what the list does not know."""
        names = (*self.public_list.parameters, *(["sort"] if with_order else []))
        known = QueryDict(mutable=True)
        for name in names:
            if values := list(dict.fromkeys(filter(None, self.params.getlist(name)))):
                known.setlist(name, values)
        return known.urlencode()

    def path(self, *, with_order: bool = True) -> str:
        """Return where its page is, in the reader's language."""
        query = self.query(with_order=with_order)
        return reverse(self.public_list.view) + (f"?{query}" if query else "")

    @property
    def title(self) -> str:
        """What is listed, with the words and filters: “Chairs: health, DATAIA”."""
        said = ", ".join(self.filters)
        return (
            _("%(list)s: %(filters)s") % {"list": self.public_list.title, "filters": said}
            if said
            else str(self.public_list.title)
        )

    @cached_property
    def filters(self) -> list[str]:
        """The words and values by which it is narrowed, as its page names them, each on one line."""
        listing = self.listing
        if listing is not None:
            values = [str(active.value) for active in listing.active_filters]
        else:
            values = [self.params.get(name, "") for name in self.public_list.parameters]
        return [text for value in values if (text := " ".join(value.split()))]


def rows(header: Iterable[str], items: Iterable[Item]) -> Iterator[list[Any]]:
    """Yield the values of each record in the order of these columns, as a program takes them: lists, true and false."""
    names = list(header)
    for item in items:
        common = {"address": item.address, "is_demonstration": item.is_demonstration}
        yield [{**item.cells, **common}.get(name) for name in names]


def lines(header: Iterable[str], items: Iterable[Item]) -> Iterator[list[Value]]:
    """Yield the same for a spreadsheet, whose cells hold neither lists nor truth."""
    for row in rows(header, items):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> Value:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    cell: Value = value
    return cell
