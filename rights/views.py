"""A person reads, by their signed link, what the site shows about them, has it corrected, or hides it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chairs.hiding import hide, show_again
from rights.forms import CorrectionForm
from rights.links import person_of
from rights.models import CorrectionRequest, PersonalAct
from rights.shown import shown_about


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about_me(request, token):
    """Only POST writes: programs that look at the links of a mail change nothing."""
    person = person_of(token)
    act = request.POST.get("act", "")
    form = CorrectionForm(request.POST if act == "correct" else None)
    if request.method == "POST":
        if act not in ACTS:
            return HttpResponseBadRequest()
        if said := ACTS[act](person, form):
            messages.success(request, said)
            return redirect(request.path)
    context = {
        "person": person,
        "shown": shown_about(person),
        "form": form,
        "asked": CorrectionRequest.objects.filter(person=person),
    }
    return render(request, "rights/about_me.html", context)


def _hide(person, form) -> str:
    hide(person)
    PersonalAct.objects.create(kind=person._meta.label_lower, record=person.pk, what=PersonalAct.What.HIDDEN)
    return _("You are hidden: no public page names you any more.")


def _show(person, form) -> str:
    show_again(person)
    PersonalAct.objects.create(kind=person._meta.label_lower, record=person.pk, what=PersonalAct.What.SHOWN)
    return _("You are shown again, where a source names you or you agreed to it.")


def _correct(person, form) -> str:
    if not form.is_valid():
        return ""
    form.instance.person = person
    form.save()
    return _("Your request has been sent to the clusters that name you. Their answer stands on this page.")


ACTS = {"hide": _hide, "show": _show, "correct": _correct}
