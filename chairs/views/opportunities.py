from chairs.listing import OpportunityListing
from chairs.views.listing import ListingView


class OpportunityListView(ListingView):
    """The research that partners can fund now."""

    # Each entry says what it costs, what it brings and until when: it is longer than a chair's.
    paginate_by = 10
    listing_class = OpportunityListing
    template_name = "chairs/opportunity_list.html"
