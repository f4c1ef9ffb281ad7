"""URLs of withdrawn records that were public once, as recorded by the API (api/publication.py)."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from api import publication
from api.models import PublicRecord
from api.resource import Resource
from api.resources.chairs import CHAIRS
from api.resources.clusters import CLUSTERS
from api.service import MAX_ID, RESOURCES
from clusters.models import Cluster
from core.exceptions import Gone
from core.models import PastAddress

SHORT_LINK = "short_link"
OF_PAGE = {page: resource for resource in RESOURCES for page in resource.pages}
UNPUBLISHED = gettext_lazy("Its cluster no longer publishes it.")
# By resource, why a record that is still there is public no longer. A person who asked not to be shown has no reason.
WITHDRAWN = {
    CHAIRS.name: gettext_lazy("The chair was withdrawn before it began."),
    "people": gettext_lazy("No chair or cluster names this person any more."),
}
REMOVED = gettext_lazy("The record was removed.")


def withdrawn(request: HttpRequest) -> Gone | None:
    """Return the withdrawal (Gone) of the record at a URL that was not found; None if it was never public."""
    match = request.resolver_match
    if match is None or match.view_name not in {*OF_PAGE, SHORT_LINK}:
        return None
    resource = OF_PAGE.get(match.view_name, CHAIRS)
    noted = PublicRecord.objects.filter(_at(resource, **match.kwargs), resource=resource.name)
    if not noted.exists():
        return None
    publication.shown(resource)  # records what was withdrawn since the last call
    row = noted.exclude(reason="").order_by("-changed").first()
    return _gone(resource, row) if row else None


def _at(resource: Resource, pk: int = 0, slug: str = "", cluster_slug: str = "") -> Q:
    """Return the filter: the records that are or were at an address, by their key, page or former slug."""
    if pk:
        return Q(record=min(pk, MAX_ID))
    cluster = (_cluster_at(cluster_slug),) if cluster_slug else ()
    before = PastAddress.objects.record_at(resource.public().model, slug, *cluster)
    return Q(page=resource.page_at(*cluster, slug)) | Q(record=before or 0)


def _cluster_at(slug: str) -> int:
    """Return the key of the cluster that has or had this slug, gone or not; 0 if there was none."""
    today = Cluster.objects.filter(slug=slug).values_list("pk", flat=True)
    noted = PublicRecord.objects.filter(resource=CLUSTERS.name, page=CLUSTERS.page_at(slug))
    before = PastAddress.objects.record_at(Cluster, slug)
    return today.first() or before or noted.values_list("record", flat=True).first() or 0


def _gone(resource: Resource, row: PublicRecord) -> Gone:
    if row.reason == publication.REMOVED:
        reason = REMOVED
    elif row.reason == publication.WITHDRAWN:
        reason = WITHDRAWN.get(resource.name, UNPUBLISHED)
    else:
        return Gone()
    return Gone(timezone.localdate(publication.time_of(row.changed)), str(reason))
