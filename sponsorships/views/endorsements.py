"""Investigators read the proposals in their chairs, and endorse them."""

from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, Value, When
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.views.confirmation import Act, confirm
from sponsorships.enums import UNDECIDED_STATUSES
from sponsorships.models import Endorsement, Sponsorship
from sponsorships.perms import can_endorse
from sponsorships.proposals import endorsements

PROPOSALS_A_PAGE = 20


def in_my_chairs(user):
    """Return the sponsorships sent to the user's chairs, undecided ones first; `is_endorsed` marks those they endorsed."""
    mine = Endorsement.objects.standing().filter(sponsorship=OuterRef("pk"), by=user.pk)
    waits = Case(When(status__in=UNDECIDED_STATUSES, then=Value(0)), default=Value(1))
    return (
        Sponsorship.objects.of_investigator(user)
        .annotate(is_endorsed=Exists(mine), is_decided=waits)
        .select_related("partner", "chair__cluster", "activity")
        .order_by("is_decided", "-submitted_at", "-pk")
    )


@never_cache
@require_safe
def proposals(request):
    """List everything that was sent to the user's chairs."""
    page = Paginator(in_my_chairs(request.user), PROPOSALS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sponsorships/my/chair_proposals.html", {"page_obj": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request, reference):
    """Endorse a proposal, after showing it."""
    found = _proposal(request.user, reference)
    act = Act(
        title=_("Endorse the proposal"),
        do=lambda form, note: endorsements.endorse(found, by=request.user, note=note),
        done=_("You have endorsed the proposal."),
        goes_to=lambda: found,
        button=_("Endorse it"),
        back=found.get_absolute_url(),
        asks_note=True,
        may=can_endorse(found, request.user),
        why_not=endorsements.why_not_endorse(found, request.user),
        stale=_("The proposal has changed since you opened this page. Read it again before you endorse it.")
        if request.POST.get("revision", str(found.revision)) != str(found.revision)
        else "",
        template="sponsorships/my/endorse.html",
        context={"sponsorship": found},
    )
    return confirm(request, act)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request, reference):
    """Withdraw the user's endorsement, while the proposal is undecided."""
    found = _proposal(request.user, reference)
    act = Act(
        title=_("Withdraw your endorsement"),
        do=lambda form, note: endorsements.take_back(found, by=request.user),
        done=_("Your endorsement is withdrawn."),
        goes_to=lambda: found,
        button=_("Withdraw it"),
        back=found.get_absolute_url(),
        keep=_("Keep it"),
        is_final=True,
        may=can_endorse(found, request.user),
        why_not=endorsements.why_not_take_back(found, request.user),
        template="sponsorships/my/endorsement_take_back.html",
        context={"sponsorship": found},
    )
    return confirm(request, act)


def _proposal(user, reference) -> Sponsorship:
    """Return a sponsorship that the user may see, or raise Http404."""
    seen = Sponsorship.objects.visible_to(user)
    related = ("partner", "chair__cluster", "activity", "signatory__user")
    return get_object_or_404(seen.select_related(*related), reference=reference)
