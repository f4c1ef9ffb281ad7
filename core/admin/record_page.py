"""A record's page fetches its record once, with what its blocks read of it, and hands it to all of them."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse


class RecordPage:
    """Adds to a ModelAdmin the blocks that stand around the form of one record.

    Hooks: `page_related` (foreign keys), `get_page_rows` (what belongs to the record), `get_page_context`.
    """

    # What a record's pages read of the records that it names. A list has `list_select_related`.
    page_related: tuple = ()

    def get_page_rows(self, record) -> list:
        """Return what the page reads of what belongs to the record, as arguments of `prefetch_related`."""
        return []

    def get_page_context(self, request, record) -> dict:
        """Return what the page shows beside the form; each part adds its own to what `super()` returns."""
        return {}

    def get_object(self, request, object_id, from_field=None):
        """Return the record; what the person may not see is as absent as what is not there.

        A request that only reads fetches it once. One that writes looks each time: something may have happened between.
        """
        if not _only_reads(request):
            return self.fetch(request, object_id, from_field)
        kept = request.__dict__.setdefault("_records", {})
        key = (self.model, str(object_id), from_field)
        if key not in kept:
            kept[key] = self.fetch(request, object_id, from_field)
        return kept[key]

    def fetch(self, request, object_id, from_field=None):
        field = self.opts.get_field(from_field) if from_field else self.opts.pk
        # What a list reads of its rows is not what a page reads of its record.
        records = self.get_queryset(request).prefetch_related(None)
        if self.page_related:
            records = records.select_related(*self.page_related)
        try:
            return records.get(**{field.name: field.to_python(object_id)})
        except (self.model.DoesNotExist, ValidationError, ValueError) as error:
            raise Http404 from error

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Fetch at once what the whole page reads, before anything asks for a part of it."""
        if _only_reads(request):
            self.open_record(request, object_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def open_record(self, request, object_id):
        """Return the record of an address; with all that its pages read, where nothing is written."""
        record = self.get_object(request, unquote(object_id))
        return self.prepare(record) if _only_reads(request) else record

    def prepare(self, record):
        """Fetch what the blocks of the record's page read, and return the record."""
        prefetch_related_objects([record], *self.get_page_rows(record))
        return record

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Around a form that could not be saved stands the record as it is, not as it was filled in."""
        if obj is not None:
            record = obj if _only_reads(request) else self.prepare(self.get_object(request, str(obj.pk)))
            context |= self.get_page_context(request, record)
        return super().render_change_form(request, context, add, change, form_url, obj)


def change_url(record) -> str:
    """Return the panel's page of a record."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def _only_reads(request) -> bool:
    return request.method in ("GET", "HEAD")
