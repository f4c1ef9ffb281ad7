"""The chair at a public address, or why there is none."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from chairs.models import Chair
from core.exceptions import Gone
from core.past_addresses import Moved, record_within


def published_chair(cluster_slug: str, slug: str) -> Chair:
    """Return the published chair at this address.

    Raise Moved if it has another one, Gone if it was withdrawn after its approval, whatever its address was then, and
    else Http404.
    """
    try:
        return record_within(Chair.objects.published().select_related("cluster"), cluster_slug, slug)
    except Moved:
        raise
    except Http404:
        gone = record_within(Chair.objects.no_longer_published(), cluster_slug, slug)
        # The note of the withdrawal is for staff only.
        day = timezone.localdate(gone.withdrawn_at)
        raise Gone(day, _("The chair was withdrawn before it began.")) from None
