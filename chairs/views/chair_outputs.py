"""The outputs of one chair: the public page that lists them, and the page under /my/ where they are edited."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chairs.linked_data import outputs_script
from chairs.models import Chair, Output
from chairs.models.output import LATEST_FIRST
from chairs.outputs.desk import keep_outputs
from chairs.outputs.entries import grouped
from chairs.perms import can_keep_outputs
from chairs.views.published import published_chair
from core.pagination import PagedListView, paged
from core.past_addresses import record_within


@method_decorator(login_not_required, name="dispatch")
class ChairOutputsView(PagedListView):
    """All confirmed outputs of a published chair, by kind and year."""

    template_name = "chairs/chair_outputs.html"

    def get_queryset(self):
        self.chair = published_chair(self.kwargs["cluster_slug"], self.kwargs["slug"])
        return Output.objects.confirmed().filter(chair=self.chair).order_by("kind", LATEST_FIRST, "title", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(chair=self.chair, **kwargs)
        outputs = context["page_obj"].object_list
        return {**context, "groups": grouped(outputs), "linked_data": outputs_script(self.chair, outputs)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request, cluster_slug, slug):
    """Add outputs to the user's own chair, and confirm or set aside the proposed ones."""
    chairs = Chair.objects.visible_to(request.user).select_related("cluster")
    chair = record_within(chairs, cluster_slug, slug, also_private=True)
    if not can_keep_outputs(chair, request.user):
        raise PermissionDenied
    context = keep_outputs(request, chair)
    if context is None:
        return redirect("chairs:outputs_keep", chair.cluster.slug, chair.slug)
    return render(request, "chairs/my/outputs.html", {**context, "page_obj": paged(request, context["outputs"])})
