from chairs.zero_results import other_spelling
from core.views.listing import FacetedListView


class ListingView(FacetedListView):
    """A public list with facets, which suggests another spelling when the search finds nothing."""

    def get_ways_out(self):
        return {"other_spelling": other_spelling(self.listing), **super().get_ways_out()}
