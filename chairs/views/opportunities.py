from chairs.listing import OpportunityListing
from chairs.views.listing import ListingView


class OpportunityListView(ListingView):
    """The research that partners can fund now."""

    listing_class = OpportunityListing
    template_name = "chairs/opportunity_list.html"
