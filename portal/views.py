"""Where somebody who is not staff begins: their chairs, their organisations, their files."""

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chairs.models import Chair
from chairs.perms import chairs_held_by
from partners.models import Contact
from portal.next_steps import next_steps
from sponsorships.accounting.activity_money import with_money
from sponsorships.models import Sponsorship
from sponsorships.views.endorsements import in_my_chairs

FILES_A_PAGE = 20
PROPOSALS_SHOWN = 5


@never_cache
@require_safe
def home(request):
    mine = Contact.objects.filter(user=request.user).select_related("partner").order_by("partner__name_key")
    chairs = list(Chair.objects.filter(pk__in=chairs_held_by(request.user)).select_related("cluster", "kind", "rule"))
    context = {
        "contacts": mine.approved(),
        "requests": mine.requested(),
        "steps": next_steps(request.user),
        "files": Paginator(_files(request.user), FILES_A_PAGE).get_page(request.GET.get("page")),
        "chairs": _with_activities(chairs),
        "proposals": in_my_chairs(request.user)[:PROPOSALS_SHOWN] if chairs else [],
    }
    return render(request, "portal/home.html", context)


def _files(user):
    files = Sponsorship.objects.of_partner(user).select_related("partner", "chair__cluster", "activity")
    return files.order_by("-updated_at", "-pk")


def _with_activities(chairs):
    """Return the chairs, each with its activities and what they have gathered, in a constant number of queries."""
    activities = with_money([a for chair in _prefetched(chairs) for a in chair.activities.all()])
    by_chair: dict[int, list] = {}
    for activity in activities:
        by_chair.setdefault(activity.chair_id, []).append(activity)
    return [(chair, by_chair.get(chair.pk, [])) for chair in chairs]


def _prefetched(chairs):
    prefetch_related_objects(chairs, "activities")
    return chairs
