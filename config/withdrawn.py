"""URLs of withdrawn records that were public once, as recorded by the API (api/publication.py)."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from api import publication
from api.models import PublicRecord
from api.resources.results import COLLABORATIONS, START_UPS, TRAINING
from core.exceptions import Gone

# Chairs and people have their own 410 (chairs/views). A partner that no longer wishes to be named leaves no trace.
RESOURCES = {
    "clusters:training_detail": TRAINING,
    "chairs:start_up_detail": START_UPS,
    "collaborations:detail": COLLABORATIONS,
}


def withdrawn(request: HttpRequest) -> Gone | None:
    """Return the withdrawal (Gone) of the record at a URL that was not found; None if it was never public."""
    match = request.resolver_match
    resource = RESOURCES.get(match.view_name) if match else None
    if match is None or resource is None:
        return None
    there = resource.public().model._default_manager.filter(slug=match.kwargs["slug"]).values("pk")
    noted = PublicRecord.objects.filter(resource=resource.name, record__in=there)
    if not noted.exists():
        return None
    publication.shown(resource)  # records what was withdrawn since the last call
    row = noted.exclude(reason="").first()
    if row is None:
        return None
    return Gone(timezone.localdate(publication.time_of(row.changed)), _("Its cluster no longer publishes it."))
