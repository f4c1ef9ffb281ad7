"""URLs of withdrawn records that were public once, as recorded by the API (api/publication.py)."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from api import publication
from api.models import PublicRecord
from api.resources.people import PEOPLE
from api.resources.results import COLLABORATIONS, START_UPS, TRAINING
from core.exceptions import Gone
from core.models import PastAddress

UNPUBLISHED = gettext_lazy("Its cluster no longer publishes it.")
# Chairs have their own 410, and people who asked not to be named (chairs/views). A partner that no longer wishes to be named
# leaves no trace.
RESOURCES = {
    "clusters:training_detail": (TRAINING, UNPUBLISHED),
    "chairs:start_up_detail": (START_UPS, UNPUBLISHED),
    "collaborations:detail": (COLLABORATIONS, UNPUBLISHED),
    "chairs:person_detail": (PEOPLE, gettext_lazy("No chair or cluster names this person any more.")),
}


def withdrawn(request: HttpRequest) -> Gone | None:
    """Return the withdrawal (Gone) of the record at a URL that was not found; None if it was never public."""
    match = request.resolver_match
    if match is None or match.view_name not in RESOURCES:
        return None
    resource, reason = RESOURCES[match.view_name]
    model, slug = resource.public().model, match.kwargs["slug"]
    before = PastAddress.objects.record_at(model, slug)
    there = model._default_manager.filter(Q(slug=slug) | Q(pk=before or 0)).values("pk")
    noted = PublicRecord.objects.filter(resource=resource.name, record__in=there)
    if not noted.exists():
        return None
    publication.shown(resource)  # records what was withdrawn since the last call
    row = noted.exclude(reason="").first()
    if row is None:
        return None
    return Gone(timezone.localdate(publication.time_of(row.changed)), str(reason))
