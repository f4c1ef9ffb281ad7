from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from chairs.citation import citation_of
from chairs.listing import ChairListing
from chairs.models import Appointment, Chair, TeachingElement
from chairs.related import related_chairs
from chairs.views.listing import ListingView
from core.exceptions import Gone
from core.past_addresses import Moved, record_within


class ChairListView(ListingView):
    """The directory of chairs: search, facets, pages."""

    listing_class = ChairListing
    template_name = "chairs/chair_list.html"

    def get_context_data(self, **kwargs):
        elsewhere = self.listing.total_in_every_phase - self.listing.count
        return super().get_context_data(total_elsewhere=elsewhere, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class ChairDetailView(DetailView):
    """One chair, as the public knows it. What is not published is not found, whoever asks."""

    template_name = "chairs/chair_detail.html"

    def get_queryset(self):
        posts = Appointment.objects.select_related("person", "affiliation", "other_affiliation", "discipline")
        teaching = TeachingElement.objects.select_related("institution")
        return (
            Chair.objects.published()
            .select_related("cluster", "kind", "phase", "rule")
            .prefetch_related(
                "themes", "stated_partners", Prefetch("appointments", posts), Prefetch("teaching", teaching)
            )
        )

    def get_object(self, queryset=None):
        try:
            return record_within(self.get_queryset(), self.kwargs["cluster_slug"], self.kwargs["slug"])
        except Moved:
            raise
        except Http404:
            address = {"cluster__slug": self.kwargs["cluster_slug"], "slug": self.kwargs["slug"]}
            if Chair.objects.no_longer_published().filter(**address).exists():
                raise Gone from None
            raise

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            activities=self.object.activities.all(),
            related=related_chairs(self.object),
            citation=citation_of(self.object),
            **kwargs,
        )
