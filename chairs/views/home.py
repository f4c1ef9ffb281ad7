from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from chairs.cards.directory import Directory, directory
from chairs.cards.opportunities import opportunities, read_for_opportunities
from chairs.cards.people import chairs_of_cluster
from chairs.models import Activity
from clusters.models import Cluster
from core.languages import columns_of, reader_language
from core.prepared import Argument, Keys, Prepared
from core.primary_keys import any_of

# Enough to show what an opportunity is; the list has them all.
OPPORTUNITIES_SHOWN = 3
# Read beside what makes an activity open.
READ_BESIDE = {"clusters_cluster", "chairs_activity", "chairs_chair", "chairs_card"}


@method_decorator(login_not_required, name="dispatch")
class HomeView(TemplateView):
    """The home page: what the site is, a search, the clusters, and what is open to fund."""

    template_name = "pages/home.html"

    def get_context_data(self, **kwargs):
        chairs = directory()
        return super().get_context_data(lists=lists_of_home(chairs), chair_total=len(chairs.everything), **kwargs)


def lists_of_home(chairs: Directory) -> SafeString:
    """Return the clusters and the first opportunities as HTML: the same for everybody, for as long as nothing changes."""
    name = f"home in {reader_language()} on {timezone.localdate()}"
    return chairs.keep(read_for_opportunities() | READ_BESIDE, name, lambda: _rendered(chairs))


def _rendered(chairs: Directory) -> SafeString:
    activities = opportunities(chairs)
    first = list(activities.pks[:OPPORTUNITIES_SHOWN])
    context = {
        "clusters": [(cluster, chairs_of_cluster(chairs, cluster.pk)) for cluster in _clusters()],
        "opportunities": _activities(pks=first) if first else [],
        "opportunity_total": len(activities.pks),
    }
    return render_to_string("pages/_home_lists.html", context)


@Prepared
def _clusters():
    return Cluster.objects.order_by(Lower("name")).only("slug", "name", "acronym", "city")


@Prepared
def _activities():
    activities = Activity.objects.filter(pk__in=any_of(Argument("pks", Keys()))).nearest_deadline_first()
    shown = ["chair", "target", "deadline", "chair__cluster", "chair__slug", "chair__origin"]
    clusters = ["chair__cluster__slug", "chair__cluster__name", "chair__cluster__acronym"]
    return activities.select_related("chair__cluster").only(*shown, *clusters, *columns_of("title", "chair__title"))
