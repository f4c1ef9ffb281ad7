from chairs.listing import OpportunityListing
from chairs.views.listing import ListingView


class OpportunityListView(ListingView):
    """The activities that partners can fund now."""

    # An entry is longer than a chair's: it has the target, what the partner gets and the deadline.
    paginate_by = 10
    listing_class = OpportunityListing
    template_name = "chairs/opportunity_list.html"
