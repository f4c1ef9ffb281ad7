"""The pages about a whole list. They use the list as its URL filters and orders it, and show nothing that it hides."""

from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.admin.own_views import SUMS_VAR
from core.models.lists import QUERY_MAX_LENGTH


class ListPage:
    """A list as a request asks for it: its admin, its records, and its filters in words."""

    def __init__(self, site, request, app_label: str, model_name: str):
        self.page = page_of(site, f"{app_label}.{model_name}")
        if not self.page.has_view_permission(request):
            raise PermissionDenied
        self.request, self.opts = request, self.page.opts
        self.changes = self.page.get_changelist_instance(request)

    @property
    def count(self) -> int:
        return self.changes.result_count

    @property
    def query(self) -> str:
        """The query string of the list's filters, search and order, without the page number."""
        kept = [
            (name, value)
            for name, values in self.request.GET.lists()
            for value in values
            if name not in (PAGE_VAR, SUMS_VAR)
        ]
        return urlencode(kept)

    @property
    def noted_query(self) -> str:
        """The query string for the record of an export or of an act: an empty one if there is no room for all of it.

        Cut short, it would lead to a list without the last filters.
        """
        return self.query if len(self.query) <= QUERY_MAX_LENGTH else ""

    @property
    def url(self) -> str:
        """The URL of the list."""
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return f"{url}?{self.query}" if self.query else url

    def address(self, name: str, *args) -> str:
        """Return the URL of a page about this list."""
        url = reverse(f"admin:{name}", args=[self.opts.app_label, self.opts.model_name, *args])
        return f"{url}?{self.query}" if self.query else url

    def filters(self) -> list[str]:
        """Return the active filters, one sentence each."""
        return self._said_of(self.changes.filter_specs)

    def filters_in_active_language(self) -> list[str]:
        """Return the same in another language than the page was made in: a filter names its choices when it is made."""
        return self._said_of(self.changes.get_filters(self.request)[0] if self.changes.get_filters_params() else [])

    def _said_of(self, specs) -> list[str]:
        said = [_("Search: %(words)s") % {"words": words}] if (words := self.request.GET.get(SEARCH_VAR)) else []
        for spec in specs:
            chosen = [choice for choice in list(spec.choices(self.changes))[1:] if choice.get("selected")]
            said += [
                _("%(filter)s: %(value)s") % {"filter": capfirst(str(spec.title)), "value": choice["display"]}
                for choice in chosen
            ]
        return said

    def order(self) -> list[str]:
        """Return the columns that the list is ordered by, in words; an empty list for its default order."""
        if not self.request.GET.get(ORDER_VAR):
            return []
        ways = {"asc": _("%(column)s, ascending"), "desc": _("%(column)s, descending")}
        shown, columns = self.changes.list_display, self.changes.get_ordering_field_columns()
        labels = {place: label_for_field(shown[place], self.page.model, self.page) for place in columns}
        return [ways[way] % {"column": capfirst(str(labels[place]))} for place, way in columns.items()]

    def context(self, **more) -> dict:
        return {
            **self.page.admin_site.each_context(self.request),
            "opts": self.opts,
            "list_title": capfirst(self.opts.verbose_name_plural),
            "list_url": self.url,
            "filters": self.filters(),
            "number": self.count,
            **more,
        }


def page_of(site, label: str):
    """Return the admin of a model by its label, such as “chairs.chair”. Raise Http404 if there is none."""
    for model, page in site._registry.items():
        if model._meta.label_lower == label.lower():
            return page
    raise Http404
