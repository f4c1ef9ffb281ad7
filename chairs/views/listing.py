from chairs.zero_results import other_spelling
from core.views.listing import FacetedListView


class ListingView(FacetedListView):
    """A public list of what chairs have; where it finds nothing, it knows how the words are spelt."""

    def get_ways_out(self):
        return {"other_spelling": other_spelling(self.listing), **super().get_ways_out()}
