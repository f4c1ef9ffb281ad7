from chairs.output_listing import OutputListing
from chairs.outputs.entries import in_list
from chairs.views.listing import ListingView


class OutputListView(ListingView):
    """The publications, software and data sets of all chairs."""

    listing_class = OutputListing
    template_name = "chairs/output_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "entries_html": in_list(context["page_obj"].object_list)}
