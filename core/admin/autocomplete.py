"""Autocomplete in the panel: it offers exactly the records that the form of the field accepts."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied


class ScopedAutocomplete(AutocompleteJsonView):
    """Restricts Django's view, which offers every record that the user may open for any foreign key, to what the form accepts."""

    def process_request(self, request):
        term, model_admin, source_field, to_field_name = super().process_request(request)
        page = next(self.pages_with(source_field, request), None)
        if page is None:
            raise PermissionDenied
        self.page, self.label = page, page.formfield_for_foreignkey(source_field, request).label_from_instance
        return term, model_admin, source_field, to_field_name

    def pages_with(self, field, request):
        """Yield the admins and inlines in which this field is an autocomplete field."""
        for model_admin in self.admin_site._registry.values():
            for page in (model_admin, *model_admin.get_inline_instances(request)):
                if page.model is field.model and field.name in page.get_autocomplete_fields(request):
                    yield page

    def get_queryset(self):
        offered = self.page.get_offered(self.source_field, self.request)
        ordering = self.model_admin.get_ordering(self.request)
        found, _may_repeat = self.model_admin.get_search_results(self.request, offered, self.term)
        return found.order_by(*ordering) if ordering else found

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        said = getattr(self.page, "said_beside", None)
        self.beside = said(self.source_field, context["object_list"], self.request) if said else {}
        return context

    def serialize_result(self, obj, to_field_name):
        """Return one result, with the texts that its admin adds (`said_beside`, by the record's key)."""
        line = {"id": str(getattr(obj, to_field_name)), "text": str(self.label(obj))}
        return line | self.beside.get(obj.pk, {})
