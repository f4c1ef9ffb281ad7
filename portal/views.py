"""The home page of people who are not staff: their chairs, organisations and sponsorships."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chairs.models import Activity, Chair
from chairs.perms import chairs_held_by
from clusters.scopes import ANYBODY
from core.languages import columns_of
from core.prepared import Prepared
from core.primary_keys import any_given, as_one
from partners.enums import ContactState
from partners.models import Contact
from portal.next_steps import next_steps
from sponsorships.accounting.activity_money import with_money
from sponsorships.models import Sponsorship
from sponsorships.views.endorsements import in_my_chairs

FILES_A_PAGE = 20
PROPOSALS_SHOWN = 5
# The columns that the list of sponsorships shows.
FILES_SHOWN = ("reference", "status", "updated_at", "origin", "cash_amount", "in_kind_amount", "skills_amount")


@never_cache
@require_safe
def home(request):
    user = request.user
    mine, chairs = _contacts(user=user.pk), _chairs(user=user.pk)
    acts = any(contact.state == ContactState.APPROVED for contact in mine)
    context = {
        "contacts": [contact for contact in mine if contact.state == ContactState.APPROVED],
        "requests": [contact for contact in mine if contact.state == ContactState.REQUESTED],
        "steps": next_steps(user, chairs),
        "files": _page_of_files(user, request.GET.get("page")) if acts else [],
        "chairs": _with_activities(chairs),
        "proposals": _proposals(user=user.pk) if chairs else [],
    }
    return render(request, "portal/home.html", context)


@Prepared
def _contacts():
    return Contact.objects.filter(user=ANYBODY.pk).select_related("partner").order_by("partner__name_key")


@Prepared
def _chairs():
    return Chair.objects.filter(pk__in=chairs_held_by(ANYBODY)).select_related("cluster", "kind", "rule")


@Prepared
def _proposals():
    return in_my_chairs(ANYBODY)[:PROPOSALS_SHOWN]


def _files(user):
    files = Sponsorship.objects.of_partner(user).select_related("partner", "chair__cluster", "activity")
    shown = "partner__name", "chair__cluster__name", "chair__cluster__acronym", *FILES_SHOWN
    return files.only(*shown, *columns_of("chair__title", "activity__title")).order_by("-updated_at", "-pk")


# One more than a page holds: whoever has no more needs no count query.
_first_files = Prepared(lambda: _files(ANYBODY)[: FILES_A_PAGE + 1])


def _page_of_files(user, number):
    first = _first_files(user=user.pk)
    return Paginator(first if len(first) <= FILES_A_PAGE else _files(user), FILES_A_PAGE).get_page(number)


def _with_activities(chairs):
    """Return pairs of each chair and its activities with their money, in a constant number of queries."""
    if not chairs:
        return []
    known, by_chair = {chair.pk: chair for chair in chairs}, {}
    for activity in with_money(_activities(chairs=as_one(known))):
        activity.chair = known[activity.chair_id]
        by_chair.setdefault(activity.chair_id, []).append(activity)
    return [(chair, by_chair.get(chair.pk, [])) for chair in chairs]


@Prepared
def _activities():
    return Activity.objects.filter(chair__in=any_given("chairs"))
