from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from chairs.zero_results import best_drop, other_spelling
from core.pagination import PagedListView

PAGE_SIZE = 20


@method_decorator(login_not_required, name="dispatch")
class ListingView(PagedListView):
    """A public list narrowed by its address."""

    listing_class = None
    paginate_by = PAGE_SIZE

    def get_queryset(self):
        self.listing = self.listing_class(self.request.GET)
        return self.get_page_data(self.listing.results())

    def get_page_data(self, records):
        """Fetch what a line of the list shows besides the record itself."""
        return records

    def get_context_data(self, **kwargs):
        context = super().get_context_data(listing=self.listing, **kwargs)
        if self.listing.is_narrowed and not context["page_obj"].paginator.count:
            context |= {"other_spelling": other_spelling(self.listing), "best_drop": best_drop(self.listing)}
        return context
