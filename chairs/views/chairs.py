from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from chairs.cards.reading import entries_of, list_html
from chairs.chair_page import chair_at, content_of
from chairs.listing import ChairListing
from chairs.models import Chair
from chairs.views.listing import ListingView
from chairs.views.published import published_chair
from chairs.zero_results import first_spelt
from clusters.training.catalogue import catalogue
from core.as_of import AsOf, as_of_asked
from core.kept_parts import kept_part
from core.zero_results import WayOut


class ChairListView(ListingView):
    """The directory of chairs, with search, facets and pages."""

    listing_class = ChairListing
    template_name = "chairs/chair_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "total_elsewhere": self.listing.total_in_every_phase - self.listing.count,
            "entries_html": list_html(context["page_obj"].object_list, with_phase=not self.listing.opening_phase),
            "programmes_total": self._programmes_total(),
            **self._suggested(context.get("other_spelling")),
        }

    def _programmes_total(self) -> int:
        """Return how many training programmes match the words: students often use the first search field they see."""
        found = catalogue().find(self.listing.query) if self.listing.has_words else None
        return len(found.hits) if found else 0

    def _suggested(self, other_spelling: WayOut | None) -> dict[str, str]:
        """Return the chairs beside the list: those of another spelling, or else those nearest in meaning."""
        if other_spelling:
            return {"spelt_html": _entries_html(first_spelt(self.listing, other_spelling)), "nearest_html": ""}
        return {"spelt_html": "", "nearest_html": _entries_html(self.listing.nearest)}


def _entries_html(pks: list[int]) -> str:
    """Return the entries of these chairs; empty if there are none."""
    return list_html(entries_of(pks)) if pks else ""


@method_decorator(login_not_required, name="dispatch")
class ChairDetailView(DetailView):
    """The public page of a chair. A chair that is not published gives a 404, even to its staff."""

    template_name = "chairs/chair_detail.html"

    def get_object(self, queryset=None):
        cluster_slug, slug = self.kwargs["cluster_slug"], self.kwargs["slug"]
        if chair := chair_at(cluster_slug, slug):
            return chair
        return published_chair(cluster_slug, slug)

    def get_context_data(self, **kwargs):
        as_of = as_of_asked(self.request.GET)
        return super().get_context_data(as_of=as_of, content=self._content(self.object.pk, as_of), **kwargs)

    def _content(self, pk: int, as_of: AsOf) -> str:
        """Return the content of the page: from the cache, unless the request asks for another day."""
        return content_of(pk, as_of) if as_of.is_asked else kept_part(("chair", pk), lambda: content_of(pk))


@login_not_required
@require_safe
def short_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect the permanent address of a chair to its current page, in the reader's language."""
    shown = Chair.objects.published() | Chair.objects.no_longer_published()
    chair = shown.filter(pk=pk).select_related("cluster").first()
    if chair is None:
        raise Http404
    response = redirect(chair)
    # The chair's address and the reader's language may change.
    response["Cache-Control"] = "no-cache"
    return response
