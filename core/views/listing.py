from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from core.listing import FacetedList
from core.pagination import PagedListView
from core.zero_results import best_drop

PAGE_SIZE = 20


class Listed:
    """A listing as a sequence for Django's paginator: its length and its slices."""

    def __init__(self, listing: FacetedList):
        self.listing = listing

    def __len__(self):
        return self.listing.count

    def __getitem__(self, part: slice):
        return self.listing.page(part.start, part.stop)


@method_decorator(login_not_required, name="dispatch")
class FacetedListView(PagedListView):
    """A public list, filtered by its URL."""

    listing_class = None
    paginate_by = PAGE_SIZE

    def get_queryset(self):
        self.listing = self.listing_class(self.request.GET)
        return Listed(self.listing)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(listing=self.listing, **kwargs)
        return context | self.get_ways_out() if self.listing.is_narrowed and not self.listing.count else context

    def get_ways_out(self):
        """Return the context with suggestions for an empty list."""
        return {"best_drop": best_drop(self.listing)}
