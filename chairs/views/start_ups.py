from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.db.models import SlugField
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.generic import DetailView

from chairs.linked_data import start_up_script
from chairs.models import Chair, StartUp
from chairs.models.chair_queryset import in_order_of_title
from chairs.start_up_listing import StartUpListing
from chairs.views.listing import ListingView
from chairs.views.people import is_publicly_named
from clusters.models import Person
from core.kept_parts import kept_part, kept_parts
from core.past_addresses import record_at
from core.prepared import Argument, Prepared
from core.primary_keys import any_given, as_one


class StartUpListView(ListingView):
    """The start-ups of the clusters, with search, facets and pages."""

    listing_class = StartUpListing
    template_name = "chairs/start_up_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "entries": entries_of(context["page_obj"].object_list)}


@method_decorator(login_not_required, name="dispatch")
class StartUpDetailView(DetailView):
    """One start-up: its tie to the cluster, and the chairs and people behind it."""

    template_name = "chairs/start_up_detail.html"
    context_object_name = "start_up"

    def get_object(self, queryset=None):
        for start_up in _at_address(slug=self.kwargs["slug"]):
            return start_up
        return record_at(StartUp.objects.published(), self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        pk = self.object.pk
        return super().get_context_data(content=kept_part(("start-up", pk), lambda: content_of(pk)), **kwargs)


def entries_of(pks: Iterable[int]) -> list[SafeString]:
    """Return the list entries of these start-ups as HTML, in this order, without those that are no longer public."""
    names = [("start-up in a list", pk) for pk in pks]
    found = kept_parts(names, _made_entries)
    return [found[name] for name in names if name in found]


def _made_entries(missing: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    records = _in_list(pks=as_one(pk for _name, pk in missing))
    template = "chairs/_start_up_entry.html"
    return {(missing[0][0], record.pk): render_to_string(template, {"start_up": record}) for record in records}


def content_of(pk: int) -> str:
    """Return the HTML of a public start-up's page, below its breadcrumb. Raise Http404 if it is not public."""
    for start_up in _start_ups(pk=pk):
        context = {"start_up": start_up, "chairs": _chairs(start_up=pk), "people": _people(start_up=pk)}
        context["linked_data"] = start_up_script(start_up, context["people"])
        return render_to_string("chairs/_start_up_content.html", context)
    raise Http404


@Prepared
def _at_address():
    start_ups = StartUp.objects.published().filter(slug=Argument("slug", SlugField()))
    return start_ups.select_related("cluster").only("slug", "name", "cluster__name", "cluster__acronym")


@Prepared
def _start_ups():
    return StartUp.objects.published().filter(pk=Argument("pk")).select_related("cluster", "incubator")


@Prepared
def _in_list():
    start_ups = StartUp.objects.published().filter(pk__in=any_given("pks")).order_by()
    return start_ups.select_related("cluster", "incubator").defer("sources", "notes", "search_key")


@Prepared
def _chairs():
    chairs = Chair.objects.published().filter(start_ups=Argument("start_up")).select_related("cluster")
    return chairs.order_by(*in_order_of_title())


@Prepared
def _people():
    """Return the people of a start-up who have a public page: they agreed to be named, or a source names them."""
    return Person.objects.filter(is_publicly_named(), start_ups=Argument("start_up"))
