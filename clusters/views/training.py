"""The public pages of training: the list of programmes, and each programme."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from clusters.models import TrainingProgramme
from clusters.training.entries import list_html
from clusters.training.listing import ProgrammeListing
from clusters.training.national import national_line
from clusters.training.page import content_of, programmes_at
from core.kept_parts import kept_part
from core.past_addresses import record_at
from core.views.listing import FacetedListView


class ProgrammeListView(FacetedListView):
    """The list of training programmes, with search, facets and pages; the unfiltered list also shows how many people they train."""

    listing_class = ProgrammeListing
    template_name = "clusters/training_list.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        is_first = context["page_obj"].number == 1 and not self.listing.is_narrowed
        return {
            **context,
            "entries_html": list_html(context["page_obj"].object_list, self.listing.catalogue),
            "national": national_line() if is_first else "",
        }


@method_decorator(login_not_required, name="dispatch")
class ProgrammeDetailView(DetailView):
    """The public page of a programme. A programme that is not published gives a 404, even to its staff."""

    template_name = "clusters/training_detail.html"
    context_object_name = "programme"

    def get_object(self, queryset=None):
        for programme in programmes_at(slug=self.kwargs["slug"]):
            return programme
        return record_at(TrainingProgramme.objects.published(), self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        pk = self.object.pk
        return super().get_context_data(content=kept_part(("training", pk), lambda: content_of(pk)), **kwargs)
