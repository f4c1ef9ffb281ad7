"""A person sees what the site shows about them, by a signed link, and has it corrected or hides it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chairs.hiding import hide, show_again
from clusters.enums import PhotographWay
from clusters.models import Person
from core.exceptions import Refused
from rights.forms import CorrectionForm, PhotographForm
from rights.links import person_of
from rights.models import CorrectionRequest, PersonalAct
from rights.photographs import end_photograph, inline, keep_photograph, photograph_of
from rights.shown import shown_about


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about_me(request, token):
    """Show the page by a signed link, which proves that the user reads the person's mail."""
    return _page(request, person_of(token), PhotographWay.LINK)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about_me_signed_in(request):
    """Show the same page to a person who is signed in."""
    return _page(request, get_object_or_404(Person, user=request.user), PhotographWay.ACCOUNT)


def _page(request, person, way):
    """Show the page, and handle its acts. Only POST writes, so that programs which open links in mails change nothing."""
    act = request.POST.get("act", "")
    form = CorrectionForm(request.POST if act == "correct" else None)
    sent = (request.POST, request.FILES) if act == "photograph" else (None, None)
    photograph_form = PhotographForm(*sent, prefix="photograph")
    if request.method == "POST":
        if act not in ACTS:
            return HttpResponseBadRequest()
        by = request.user if way == PhotographWay.ACCOUNT else None
        used = photograph_form if act == "photograph" else form
        if said := ACTS[act](person, used, by):
            messages.success(request, said)
            return redirect(request.path)
    kept = photograph_of(person)
    context = {
        "person": person,
        "shown": shown_about(person),
        "form": form,
        "photograph": kept,
        "picture": inline(kept),
        "photograph_form": photograph_form,
        "asked": CorrectionRequest.objects.filter(person=person),
    }
    return render(request, "rights/about_me.html", context)


def _hide(person, form, by) -> str:
    hide(person)
    _note(person, PersonalAct.What.HIDDEN, by)
    return _("You are hidden: no public page names you any more.")


def _show(person, form, by) -> str:
    show_again(person)
    _note(person, PersonalAct.What.SHOWN, by)
    return _("You are shown again, where a source names you or you agreed to it.")


def _correct(person, form, by) -> str:
    if not form.is_valid():
        return ""
    form.instance.person = person
    form.save()
    return _("Your request has been sent to the clusters that name you. Their answer stands on this page.")


def _add_photograph(person, form, by) -> str:
    """Store a picture that the person adds, which counts as their agreement. Return the message, or an empty text."""
    if not form.is_valid():
        return ""
    values = form.cleaned_data
    way = PhotographWay.ACCOUNT if by else PhotographWay.LINK
    try:
        keep_photograph(
            person, values["picture"], way=way, by=by, agreed_on=timezone.localdate(), author=values["author"]
        )
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return ""
    return _("Your photograph has been added.")


def _end_photograph(person, form, by) -> str:
    end_photograph(person, by=by)
    return _("Your photograph has been erased.")


def _note(person, what, by) -> None:
    PersonalAct.objects.create(kind=person._meta.label_lower, record=person.pk, what=what, by=by)


ACTS = {
    "hide": _hide,
    "show": _show,
    "correct": _correct,
    "photograph": _add_photograph,
    "end_photograph": _end_photograph,
}
