"""The page where a person reads what would be public about them, and agrees, declines or withdraws: by link or by account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chairs.consent.answers import ANSWERS, answer, why_not_answer
from chairs.consent.links import Unusable, open_link
from chairs.enums import ConsentAct, ConsentWay
from chairs.models import Appointment, ConsentEvent
from clusters.enums import Origin
from core.exceptions import Refused

GONE, NOT_FOUND, CONFLICT, BAD_REQUEST = 410, 404, 409, 400

THANKS = {
    ConsentAct.ACCEPTED: gettext_lazy("Thank you. You are named from now on wherever the chair is public."),
    ConsentAct.DECLINED: gettext_lazy("Your answer is recorded: you are not named."),
    ConsentAct.WITHDRAWN: gettext_lazy("Your agreement is withdrawn: the chair's page says “to be announced” again."),
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request, token):
    """Show the page by a signed link, which proves who reads the mail; an expired link can still withdraw."""
    try:
        opened = open_link(token)
    except Unusable as unusable:
        status = GONE if unusable.is_outdated else NOT_FOUND
        return render(request, "chairs/consent_unusable.html", {"is_outdated": unusable.is_outdated}, status=status)
    return _page(request, opened.appointment, ConsentWay.LINK, is_expired=opened.is_expired)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_account(request, pk):
    """Show the page to a signed-in person, for their own appointments only."""
    posts = Appointment.objects.exclude(chair__origin=Origin.SOURCED).filter(person__user=request.user)
    post = get_object_or_404(posts.select_related("person", "chair__cluster", "chair__kind", "affiliation"), pk=pk)
    return _page(request, post, ConsentWay.ACCOUNT)


def _page(request, post, way, *, is_expired=False):
    reasons, status = [], 200
    if request.method == "POST":
        reasons, status = _take(request, post, way, is_expired)
        if not reasons:
            return redirect(request.path)
    return render(request, "chairs/consent.html", _context(post, way, is_expired, reasons), status=status)


def _take(request, post, way, is_expired) -> tuple[list[str], int]:
    """Record the posted answer. Return the reasons why it was refused, if any, and the HTTP status."""
    act = request.POST.get("answer")
    if act not in ANSWERS:
        return [_("Choose one of the buttons.")], BAD_REQUEST
    if is_expired and act == ConsentAct.ACCEPTED:
        return [_("This link has expired: you can no longer agree with it.")], GONE
    try:
        if answer(post, ConsentAct(act), way=way, by=_signed_in(request)):
            messages.success(request, THANKS[act])
    except Refused as refused:
        return refused.reasons, CONFLICT
    return [], 200


def _context(post, way, is_expired, reasons) -> dict:
    return {
        "post": post,
        "chair": post.chair,
        "is_by_account": way == ConsentWay.ACCOUNT,
        "is_expired": is_expired,
        "reasons": reasons,
        "is_named": post.consent_given_on is not None,
        "last": ConsentEvent.objects.about(post).filter(what__in=ANSWERS).last(),
        "blocked": why_not_answer(post, ConsentAct.ACCEPTED),
    }


def _signed_in(request):
    return request.user if request.user.is_authenticated else None
