from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from chairs.models import Chair
from collaborations.linked_data import collaboration_script
from collaborations.listing import CollaborationListing, listed
from collaborations.models import Collaboration
from collaborations.money import amounts_of
from core.past_addresses import record_at
from core.views.listing import FacetedListView


class CollaborationListView(FacetedListView):
    """The list of collaborations, with search, facets and pages, and a map of their countries."""

    listing_class = CollaborationListing
    template_name = "collaborations/collaboration_list.html"


@method_decorator(login_not_required, name="dispatch")
class CollaborationDetailView(DetailView):
    """The page of a collaboration: participants, dates, money and sources."""

    template_name = "collaborations/collaboration_detail.html"

    def get_object(self, queryset=None):
        chairs = Chair.objects.published().select_related("cluster").order_by("pk")
        shown = listed(Collaboration.objects.published()).prefetch_related(Prefetch("chairs", chairs, "shown_chairs"))
        return record_at(shown, self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        participants = list(self.object.participants.all())
        amounts = amounts_of(self.object, participants)
        rows = [(one, amounts.get(one.pk)) for one in participants]
        linked_data = collaboration_script(self.object, participants)
        shown = {"participants": rows, "has_amounts": bool(amounts), "linked_data": linked_data}
        return super().get_context_data(**shown, **kwargs)
