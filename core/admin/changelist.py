"""Change lists that accept only the parameters that they offer, and refuse everything else.

Django accepts any column as a filter: `?password__startswith=` would reveal a hash letter by letter, and `?text__regex=`
could block the server.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.db import DataError, models
from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.admin.columns import ExportColumn, columns_of, related_of, with_computed
from core.admin.own_views import SUMS_VAR, VIEW_VAR, view_of
from core.admin.readers_queries import ask, known
from core.exceptions import BadAddress
from core.primary_keys import is_key
from core.tables_read import made_of, tables_read

# Shows a single record, by its key.
KEY_VAR = "pk"
# Parameters that do not change how many records the list has.
NOT_NARROWING = {PAGE_VAR, ORDER_VAR, SUMS_VAR, VIEW_VAR}
ORDER = re.compile(r"-?[0-9]{1,3}(\.-?[0-9]{1,3})*")
# The table of a list with a longer query string is not cached.
MAX_ADDRESS_LENGTH = 300
# How many characters of a parameter a message repeats.
SHOWN_LENGTH = 60


class ListPaginator(Paginator):
    """A paginator whose count can be cached (`ScopedAdmin.get_paginator`)."""

    def find(self, count):
        return count()

    @cached_property
    def count(self):
        return self.find(self.object_list.count)


class LateRows:
    """The rows of a list, read only on iteration, since the finished table may be cached.

    They are read again each time, so that the cache sees every query made while the table is rendered.
    """

    def __init__(self, read: Callable[[], list], number: int):
        self.read, self.number = read, number

    def __len__(self):
        return self.number

    def __iter__(self):
        return iter(self.read())


class ScopedChangeList(ChangeList):
    """A change list that accepts only its own filters, and raises BadAddress for anything else."""

    def __init__(self, request, model, *args, **kwargs):
        refuse_unreadable(request)
        self.request, self.view = request, view_of(request, model._meta)
        try:
            with tables_read() as self.tables_asked:
                super().__init__(request, model, *args, **kwargs)
        except DisallowedModelAdminLookup:
            raise BadAddress(_unknown_filter(next(self.undeclared(request)))) from None
        # A number or date that the database cannot compare is an error in the URL, not a server error.
        except (IncorrectLookupParameters, OverflowError, DataError) as error:
            raise BadAddress(_("The address of this list asks for something that cannot be searched for.")) from error

    @property
    def is_summed(self) -> bool:
        return SUMS_VAR in self.params

    @property
    def summed_url(self) -> str:
        return self.get_query_string({SUMS_VAR: 1})

    def get_filters_params(self, params=None):
        narrowing = super().get_filters_params(params)
        for beside in (SUMS_VAR, VIEW_VAR):
            narrowing.pop(beside, None)
        return narrowing

    def undeclared(self, request):
        """Return the parameters that no filter of this list accepts."""
        return (name for name in self.get_filters_params() if not self.model_admin.lookup_allowed(name, "", request))

    def get_queryset(self, request, exclude_parameters=None):
        records = super().get_queryset(request, exclude_parameters)
        if self.added_columns:
            records = records.select_related(*self.joined, *related_of(self.added_columns))
            return with_computed(records, self.added_columns)
        return records.defer(*self.model_admin.list_deferred)

    @property
    def joined(self) -> list[str]:
        """The relations that the list joins: Django's `list_select_related`, if it is a list."""
        joined = self.list_select_related
        return list(joined) if isinstance(joined, list | tuple) else []

    @cached_property
    def added_columns(self) -> list[ExportColumn]:
        """The columns that the saved view adds to the list's own."""
        if self.view is None or not set(self.view.columns) - set(self.list_display):
            return []
        all_columns = columns_of(self.model_admin, self.request)
        names = [name for name in self.view.columns if name in all_columns and name not in self.list_display]
        return [all_columns[name] for name in names]

    @cached_property
    def has_boxes(self) -> bool:
        """Whether rows have checkboxes, for acts on many records."""
        return not self.is_popup and bool(self.model_admin.acts_at_once(self.request))

    def shows(self, name: str) -> bool:
        """Return whether one of the list's own columns is shown: all, or those of the saved view and the link column."""
        return self.view is None or name in {*self.view.columns, *self.list_display_links, "action_checkbox"}

    def get_results(self, request):
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            raise BadAddress(_no_page(self.page_num)) from None
        if self.page_num > self.paginator.num_pages:
            raise BadAddress(_no_page(self.page_num))
        # A saved view can change without a change of the data.
        if self.model_admin.is_list_prepared and self.view is None:
            self.result_list = LateRows(self._reading(request), self._number_of_rows)

    @property
    def _number_of_rows(self) -> int:
        if not self.multi_page or (self.show_all and self.can_show_all):
            return self.result_count
        return min(self.result_count - (self.page_num - 1) * self.list_per_page, self.list_per_page)

    def _reading(self, request) -> Callable[[], list]:
        """Return the function that reads the rows; only the unfiltered list has a prepared query."""
        rows, name = self.result_list, ("list", self.opts.label, self.result_list.query.high_mark)
        if request.GET:
            return lambda: list(rows.all())

        def read() -> list:
            # A list that fits on one page is read without LIMIT, a longer one with it: two prepared queries.
            found = ask(self.reader, name, lambda: rows)
            prefetch_related_objects(found, *rows._prefetch_related_lookups)
            return found

        return read

    @property
    def reader(self) -> tuple:
        return self.model_admin.admin_site.reads_as(self.request.user)

    def table(self, write: Callable[[], str]) -> str:
        """Return the table's HTML from `write`; it is cached for the reader and the query string until the data changes."""
        address = self.request.GET.urlencode()
        if not isinstance(self.result_list, LateRows) or len(address) > MAX_ADDRESS_LENGTH:
            return write()

        def packed() -> bytes:
            made_of(*self.tables_asked)  # what the filters and the search read
            return zlib.compress(write().encode(), zlib.Z_BEST_SPEED)

        found = known(self.request, self.reader, ("table", self.opts.label, address), packed)
        return zlib.decompress(found).decode()

    def get_filters(self, request):
        self._refuse_order()
        self._spell_out_filters()
        specs, has_filters, left, _may_repeat, is_narrowed = super().get_filters(request)
        if unknown := [name for name in left if name != KEY_VAR]:
            raise BadAddress(_unknown_filter(unknown[0]))
        for key in left.get(KEY_VAR, ()):
            if not is_key(key):
                raise BadAddress(_("“%(value)s” is not the number of a record.") % {"value": key[:SHOWN_LENGTH]})
        for spec in specs:
            self._refuse_unoffered(spec)
        # No filter joins a relation that would repeat a record (ScopedRelatedFilter), so no DISTINCT is needed.
        return specs, has_filters, left, False, is_narrowed

    def _spell_out_filters(self) -> None:
        """Name each filter as its own links do, and drop one without a value, which chooses nothing.

        Otherwise `?status=draft` or `?status__isnull=` would narrow the list, and no choice would be shown as selected.
        """
        spelt = {name: _parameter_of(self.model, name) for name in map(field_of, self.list_filter) if name}
        found: dict[str, list[str]] = {}
        for name in list(self.get_filters_params()):
            values = [value for value in self.filter_params.pop(name) if value]
            del self.params[name]
            if values or not self.model_admin.lookup_allowed(name, "", self.request):
                found.setdefault(spelt.get(name, name), []).extend(values or [""])
        self.filter_params |= found
        self.params |= {name: values[-1] for name, values in found.items()}

    def _refuse_unoffered(self, spec) -> None:
        """Raise BadAddress for a value that the filter does not offer; otherwise the unfiltered list would look like the result."""
        asked = {name: self.filter_params[name] for name in spec.expected_parameters() if name in self.filter_params}
        for name, values in asked.items():
            offered = set(self._offered(spec, name))
            for value in values:
                if value not in offered:
                    raise BadAddress(
                        _("“%(value)s” is not one of the choices of the filter “%(filter)s”.")
                        % {"value": value[:SHOWN_LENGTH], "filter": spec.title}
                    )

    def _offered(self, spec, name: str) -> Iterator[str]:
        """Yield the values that the filter's choices give to this parameter."""
        if isinstance(spec, SimpleListFilter):
            yield from (str(value) for value, _label in spec.lookup_choices)
            return
        for choice in spec.choices(self):
            yield from parse_qs(choice["query_string"].removeprefix("?")).get(name, ())

    def _refuse_order(self) -> None:
        """Raise BadAddress for an order by a column that is not shown: columns are numbered by their position."""
        order = self.params.get(ORDER_VAR, "")
        places = re.findall(r"[0-9]+", order) if ORDER.fullmatch(order) else []
        if order and not (places and all(int(place) < len(self.list_display) for place in places)):
            raise BadAddress(_("“%(value)s” is not a sort order of this list.") % {"value": order[:SHOWN_LENGTH]})


def field_of(list_filter) -> str:
    """Return the field that a filter is declared by, for `?status=draft`; an empty text for a filter class of our own."""
    name = list_filter[0] if isinstance(list_filter, tuple | list) else list_filter
    return name if isinstance(name, str) else ""


def _parameter_of(model, name: str) -> str:
    """Return the parameter that the links of a field's filter use."""
    field = get_fields_from_path(model, name)[-1]
    if field.remote_field:
        return f"{name}__{field.target_field.name}__exact"
    return f"{name}__exact" if field.flatchoices or isinstance(field, models.BooleanField) else name


def refuse_unreadable(request) -> None:
    """Raise BadAddress for a NUL character, which no database accepts, or an invalid page number."""
    for name, values in request.GET.lists():
        if any("\x00" in text for text in (name, *values)):
            raise BadAddress(_("The address of this list contains a character that cannot be searched for."))
    page = request.GET.get(PAGE_VAR, "1")
    if not is_key(page) or int(page) < 1:
        raise BadAddress(_no_page(page))


def _unknown_filter(name: str) -> str:
    return _("This list has no filter “%(name)s”.") % {"name": name[:SHOWN_LENGTH]}


def _no_page(page) -> str:
    return _("This list has no page “%(page)s”.") % {"page": str(page)[:SHOWN_LENGTH]}
