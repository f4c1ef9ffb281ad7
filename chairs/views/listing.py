from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from chairs.listing import Listing
from chairs.zero_results import best_drop, other_spelling
from core.pagination import PagedListView

PAGE_SIZE = 20


class Listed:
    """What a listing has, as Django's paginator asks for it: how much, and one part of it."""

    def __init__(self, listing: Listing):
        self.listing = listing

    def __len__(self):
        return self.listing.count

    def __getitem__(self, part: slice):
        return self.listing.page(part.start, part.stop)


@method_decorator(login_not_required, name="dispatch")
class ListingView(PagedListView):
    """A public list narrowed by its address."""

    listing_class = None
    paginate_by = PAGE_SIZE

    def get_queryset(self):
        self.listing = self.listing_class(self.request.GET)
        return Listed(self.listing)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(listing=self.listing, **kwargs)
        if self.listing.is_narrowed and not self.listing.count:
            context |= {"other_spelling": other_spelling(self.listing), "best_drop": best_drop(self.listing)}
        return context
