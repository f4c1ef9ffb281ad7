from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from chairs.cards.directory import Directory, directory
from chairs.cards.numbers import Number
from chairs.cards.opportunities import opportunities, read_for_opportunities
from chairs.cards.people import chairs_of_cluster
from chairs.models import Activity
from clusters.enums import Origin, StatedKind, StatedSubject
from clusters.models import Cluster, StatedCount
from core.languages import columns_of, reader_language
from core.prepared import Argument, Keys, Prepared
from core.primary_keys import any_of

# Enough to show what an opportunity is; the list has all of them.
OPPORTUNITIES_SHOWN = 3
PARTS = {
    "numbers": "pages/_home_numbers.html",
    "map": "pages/_home_map.html",
    "lists": "pages/_home_lists.html",
}
# Tables that the home page reads besides those of the open activities.
READ_BESIDE = {
    *("clusters_cluster", "clusters_statedcount", "clusters_statedcount_clusters"),
    *("chairs_activity", "chairs_chair", "chairs_card"),
}


@method_decorator(login_not_required, name="dispatch")
class HomeView(TemplateView):
    """The home page: the site in numbers, on a map and by its entry pages, with the activities to fund."""

    template_name = "pages/home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**parts_of_home(directory()), **kwargs)


def parts_of_home(chairs: Directory) -> dict[str, SafeString]:
    """Return the numbers, the map and the lists as HTML: the same for every reader until the data or the day changes."""
    name = f"home in {reader_language()} on {timezone.localdate()}"
    return chairs.keep(read_for_opportunities() | READ_BESIDE, name, lambda: _rendered(chairs))


def _rendered(chairs: Directory) -> dict[str, SafeString]:
    activities, clusters = opportunities(chairs), list(_clusters())
    first = list(activities.pks[:OPPORTUNITIES_SHOWN])
    context = {
        "clusters": [(one, chairs_of_cluster(chairs, one.pk)) for one in clusters],
        "on_the_map": clusters,
        "grant_sum": sum(one.public_grant for one in clusters),
        "chairs": Number.of(chairs, chairs.everything),
        "open": Number.of(activities, activities.everything),
        "trained": {one.kind: one for one in _trained()},
        "opportunities": _activities(pks=first) if first else [],
        "opportunity_total": len(activities.pks),
    }
    return {name: render_to_string(template, context) for name, template in PARTS.items()}


@Prepared
def _clusters():
    shown = ("slug", "name", "acronym", "city", "public_grant", "latitude", "longitude")
    return Cluster.objects.order_by(Lower("name")).only(*shown)


@Prepared
def _trained():
    """Return the stated counts of people trained in a year in the whole country: the baseline and the target."""
    kinds = [StatedKind.BASELINE, StatedKind.TARGET]
    stated = StatedCount.objects.filter(subject=StatedSubject.TRAINED_A_YEAR, kind__in=kinds, clusters=None)
    return stated.filter(value__isnull=False).exclude(origin=Origin.DEMONSTRATION)


@Prepared
def _activities():
    activities = Activity.objects.filter(pk__in=any_of(Argument("pks", Keys()))).nearest_deadline_first()
    shown = ["chair", "target", "deadline", "chair__cluster", "chair__slug", "chair__origin"]
    clusters = ["chair__cluster__slug", "chair__cluster__name", "chair__cluster__acronym"]
    return activities.select_related("chair__cluster").only(*shown, *clusters, *columns_of("title", "chair__title"))
