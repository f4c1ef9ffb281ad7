"""Fetches a page's record once, with everything that the blocks of the page need, and passes it to all of them."""

from functools import partial

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.constants import LOOKUP_SEP
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html

from core.admin.readers_queries import ask, only_asks
from core.fetched import fetched
from core.prepared import Argument
from core.primary_keys import is_key


class RecordPage:
    """Adds to a ModelAdmin the blocks around the form of a record.

    Hooks: `page_related` (foreign keys), `get_page_rows` (related rows), `get_page_context`.
    """

    # The relations that a record's pages join. A list has `list_select_related`.
    page_related: tuple = ()
    # Whether `get_queryset` depends on the time of day, and not only on the reader and the date.
    depends_on_the_moment = False

    def get_page_rows(self, record) -> list:
        """Return the related rows that the page needs, as arguments of `prefetch_related`.

        The rows under one name must always have the same filter and order, because their query is built once.
        """
        return []

    def get_page_context(self, request, record) -> dict:
        """Return further context for the page. Subclasses add theirs to that of `super()`."""
        return {}

    def get_object(self, request, object_id, from_field=None):
        """Return the record. Raise Http404 if it does not exist or the user may not see it.

        A GET request fetches it once. A POST reads it each time, because it may have changed in between.
        """
        if not only_reads(request):
            return self.fetch(request, object_id, from_field)
        kept = request.__dict__.setdefault("_records", {})
        key = (self.model, str(object_id), from_field)
        if key not in kept:
            kept[key] = self.fetch(request, object_id, from_field)
        return kept[key]

    def fetch(self, request, object_id, from_field=None):
        field = self.opts.get_field(from_field) if from_field else self.opts.pk
        try:
            value = field.to_python(object_id)
            if self.depends_on_the_moment or field is not self.opts.pk:
                return self.records(request).get(**{field.name: value})
            [record] = self._ask(request, value) if is_key(str(value)) else []
        except (self.model.DoesNotExist, ValidationError, ValueError) as error:
            raise Http404 from error
        return record

    def _ask(self, request, key) -> list:
        """Return a list with the record of this key, or an empty one, by a query that is built once per reader."""
        reader, asking = self.admin_site.reads_as(request.user), only_asks(request)
        build = partial(self.records, asking)
        return ask(reader, (type(self), "record"), lambda: build().filter(pk=Argument("key")), key=key)

    def records(self, request):
        """Return the records that this user may open, joined with the relations that their pages need."""
        # A list's prefetches are not those of a record's page.
        records = self.get_queryset(request).prefetch_related(None)
        return records.select_related(*self.page_related) if self.page_related else records

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Fetch everything that the page needs first, before a part of it queries for itself."""
        if only_reads(request):
            self.open_record(request, object_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def open_record(self, request, object_id):
        """Return the record of a URL. On GET, all that its pages need is fetched with it."""
        record = self.get_object(request, unquote(object_id))
        return self.prepare(record) if only_reads(request) else record

    def prepare(self, record):
        """Fetch the related rows that the blocks of the record's page need, and return the record."""
        for rows in self.get_page_rows(record):
            fetch_rows(type(self), record, rows)
        return record

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Show the saved record, and not the rejected input, in the blocks around an invalid form."""
        if obj is not None:
            record = obj if only_reads(request) else self.prepare(self.get_object(request, str(obj.pk)))
            context |= self.get_page_context(request, record)
        return super().render_change_form(request, context, add, change, form_url, obj)


def fetch_rows(page, record, rows) -> None:
    """Prefetch a relation of a record, or of a record that it refers to ("partner__contacts"), unless it is fetched already."""
    wanted = rows if isinstance(rows, Prefetch) else Prefetch(rows)
    *path, name = wanted.prefetch_through.split(LOOKUP_SEP)
    for step in path:
        record = getattr(record, step)
        if record is None:
            return
    relation = record._meta.get_field(name)
    if not relation.one_to_many:
        prefetch_related_objects([record], rows)
    elif fetched(record, name) is None:
        _ask_for_rows(page, record, relation, wanted)


def _ask_for_rows(page, record, relation, wanted) -> None:
    """Prefetch the rows as `prefetch_related` does, by a prepared query. Filtering them makes another query."""
    field = relation.remote_field

    def build():
        queryset = wanted.queryset
        all_rows = relation.related_model._base_manager.all() if queryset is None else queryset
        return all_rows.filter(**{field.name: Argument("record")})

    found = ask(None, (page, wanted.prefetch_through), build, record=record.pk)
    for row in found:
        setattr(row, field.name, record)
    rows = getattr(record, relation.get_accessor_name()).get_queryset()
    rows._result_cache, rows._prefetch_done = found, True
    record.__dict__.setdefault("_prefetched_objects_cache", {})[relation.get_accessor_name()] = rows


def change_url(record) -> str:
    """Return the URL of a record's page in the panel."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def link_to_current(row) -> str:
    """Return a link to the record that a row names, under its present name; the stored name if it is gone (core/current_names.py)."""
    if row.current is None:
        return row.present_name
    return format_html('<a href="{}">{}</a>', change_url(row.current), row.present_name)


def only_reads(request) -> bool:
    return request.method in ("GET", "HEAD")
