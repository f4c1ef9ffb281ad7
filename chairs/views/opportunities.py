from chairs.listing import OpportunityListing
from chairs.views.listing import ListingView


class OpportunityListView(ListingView):
    """The research that partners can fund now."""

    listing_class = OpportunityListing
    template_name = "chairs/opportunity_list.html"

    def get_page_data(self, records):
        return records.select_related("chair__cluster").prefetch_related("chair__themes")
