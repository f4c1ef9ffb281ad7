from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Lower
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from chairs.models import Activity, Chair
from clusters.models import Cluster

# Enough to show what an opportunity is; the list has them all.
OPPORTUNITIES_SHOWN = 3


@method_decorator(login_not_required, name="dispatch")
class HomeView(TemplateView):
    """The home page: what the site is, a search, the clusters, and what is open to fund."""

    template_name = "pages/home.html"

    def get_context_data(self, **kwargs):
        opportunities = Activity.objects.open()
        return super().get_context_data(
            clusters=Cluster.objects.order_by(Lower("name")),
            chair_total=Chair.objects.published().count(),
            opportunities=opportunities.nearest_deadline_first().select_related("chair__cluster")[:OPPORTUNITIES_SHOWN],
            opportunity_total=opportunities.count(),
            **kwargs,
        )
