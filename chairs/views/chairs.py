from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from chairs.cards.reading import entries_of, list_html
from chairs.chair_page import chair_at, content_of
from chairs.listing import ChairListing
from chairs.models import Chair
from chairs.views.listing import ListingView
from clusters.training.catalogue import catalogue
from core.as_of import AsOf, as_of_asked
from core.exceptions import Gone
from core.kept_parts import kept_part
from core.past_addresses import Moved, record_within


class ChairListView(ListingView):
    """The directory of chairs: search, facets, pages."""

    listing_class = ChairListing
    template_name = "chairs/chair_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "total_elsewhere": self.listing.total_in_every_phase - self.listing.count,
            "entries_html": list_html(context["page_obj"].object_list, with_phase=not self.listing.opening_phase),
            "programmes_total": self._programmes_total(),
            "nearest_html": "" if context.get("other_spelling") else self._nearest_html(),
        }

    def _programmes_total(self) -> int:
        """Return how many training programmes have the words: a student asks the first field that there is."""
        found = catalogue().find(self.listing.query) if self.listing.has_words else None
        return len(found.hits) if found else 0

    def _nearest_html(self):
        """Return the entries of what is nearest in meaning; of a misspelt word, there is none."""
        return list_html(entries_of(self.listing.nearest)) if self.listing.nearest else ""


@method_decorator(login_not_required, name="dispatch")
class ChairDetailView(DetailView):
    """One chair, as the public knows it. What is not published is not found, whoever asks."""

    template_name = "chairs/chair_detail.html"

    def get_object(self, queryset=None):
        cluster_slug, slug = self.kwargs["cluster_slug"], self.kwargs["slug"]
        if chair := chair_at(cluster_slug, slug):
            return chair
        try:
            # Raises where it leads to, if anywhere: another address, or the page that says that it is withdrawn.
            return record_within(Chair.objects.published().select_related("cluster"), cluster_slug, slug)
        except Moved:
            raise
        except Http404:
            gone = Chair.objects.no_longer_published().filter(cluster__slug=cluster_slug, slug=slug).first()
            if gone is None:
                raise
            # What the office noted beside it is the office's.
            day = timezone.localdate(gone.withdrawn_at)
            raise Gone(day, _("The chair was withdrawn before it began.")) from None

    def get_context_data(self, **kwargs):
        as_of = as_of_asked(self.request.GET)
        return super().get_context_data(as_of=as_of, content=self._content(self.object.pk, as_of), **kwargs)

    def _content(self, pk: int, as_of: AsOf) -> str:
        """Return what the page shows: what is kept, but for whoever asks for a day."""
        return content_of(pk, as_of) if as_of.is_asked else kept_part(("chair", pk), lambda: content_of(pk))


@login_not_required
@require_safe
def short_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from the address that a chair keeps for ever to its page of today, in the reader's language."""
    shown = Chair.objects.published() | Chair.objects.no_longer_published()
    chair = shown.filter(pk=pk).select_related("cluster").first()
    if chair is None:
        raise Http404
    response = redirect(chair)
    # Its address, or the reader's language, may be another tomorrow.
    response["Cache-Control"] = "no-cache"
    return response
