"""The first page of a proposal for visitors who are not signed in: what comes next, who answers, and the first fields."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chairs.models import Chair
from core import kept_forms
from sponsorships.forms.proposal import SponsorshipForm
from sponsorships.models import Sponsorship
from sponsorships.proposals import beginnings, steps

FIELDS = steps.WHAT.fields - {"partner"}


def begin(request: HttpRequest, chair: Chair, initial: dict[str, Any]) -> HttpResponse:
    """Show the first page; keep what the visitor typed until they have signed in.

    A form posted after the session ended is not handled here: core.kept_forms keeps it.
    """
    if kept_forms.FIELD in request.POST:
        return redirect_to_login(request.get_full_path())
    draft, posted = Sponsorship(chair=chair, revision=0, confidentiality=""), request.POST or None
    form = SponsorshipForm(posted, instance=draft, user=request.user, only=FIELDS, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return render(request, "sponsorships/proposal_door.html", _context(form, chair, draft))
    if not ratelimit.consume(request, action="begin_proposal"):
        form.add_error(None, _("Too many proposals were begun from your address: please wait a minute, then go on."))
        return render(request, "sponsorships/proposal_door.html", _context(form, chair, draft), status=429)
    beginnings.keep(request, chair, {name: form.data.get(name, "") for name in FIELDS})
    messages.info(request, _("What you wrote is kept: your proposal goes on as soon as you are signed in."))
    # Without the query string: the choice it made is among the kept fields.
    way = reverse("account_login") if request.POST.get("act") == "sign_in" else reverse("account_signup")
    return redirect_to_login(request.path, way)


def _context(form: SponsorshipForm, chair: Chair, draft: Sponsorship) -> dict[str, Any]:
    return {"form": form, "chair": chair, "sponsorship": draft, "steps": steps.bar(draft, steps.WHAT)}
