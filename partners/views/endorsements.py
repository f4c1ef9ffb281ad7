"""An investigator reads what is proposed in their chairs, and says what they welcome."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.verbs import Refused
from partners import endorsing
from partners.enums import UNDECIDED_STATUSES
from partners.models import Endorsement, Sponsorship
from partners.perms import can_endorse

PROPOSALS_A_PAGE = 20


def in_my_chairs(user):
    """What was sent to this person's chairs, what waits for a decision first; `is_mine` where they endorsed it."""
    mine = Endorsement.objects.standing().filter(sponsorship=OuterRef("pk"), by=user)
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
    """Everything that was sent to one's chairs."""
    page = Paginator(in_my_chairs(request.user), PROPOSALS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "my/chair_proposals.html", {"page_obj": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request, reference):
    """Read the proposal, then endorse it."""
    found = _proposal(request.user, reference)
    if request.method == "POST":
        note = request.POST.get("note", "")
        return _done(request, found, _("You have endorsed the proposal."), endorsing.endorse, note=note)
    return _confirm(request, found, "my/endorse.html", endorsing.why_not_endorse)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request, reference):
    """Take one's endorsement back, while nothing is decided."""
    found = _proposal(request.user, reference)
    if request.method == "POST":
        return _done(request, found, _("Your endorsement is withdrawn."), endorsing.take_back)
    return _confirm(request, found, "my/endorsement_take_back.html", endorsing.why_not_take_back)


def _proposal(user, reference) -> Sponsorship:
    """Return a proposal that this person may endorse: 404 for one they do not see, 403 for one they only read."""
    found = get_object_or_404(
        Sponsorship.objects.visible_to(user).select_related("partner", "chair__cluster", "activity", "signatory__user"),
        reference=reference,
    )
    if not can_endorse(found, user):
        raise PermissionDenied
    return found


def _confirm(request, found, template, why_not):
    if reasons := why_not(found, request.user):
        messages.info(request, " ".join(reasons))
        return redirect(found)
    return render(request, template, {"sponsorship": found})


def _done(request, found, sentence, act, **said):
    try:
        act(found, by=request.user, **said)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, sentence)
    return redirect(found)
