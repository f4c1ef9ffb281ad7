"""The page that adds outputs, the same in the panel and under /my/: enter, preview, confirm.

Between preview and confirmation the plan is in the page, signed: the site stores nothing that is not confirmed.
"""

from collections.abc import Callable
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chairs.models import Chair, Output
from chairs.outputs import answers
from chairs.outputs.adding import Plan, add, plan_for
from chairs.outputs.candidates import Candidate
from chairs.outputs.forms import GivenForm
from core.pagination import ROWS_A_PAGE
from core.primary_keys import is_key

SALT = "chairs.outputs"
# How long a preview stays valid, in seconds.
MAX_AGE = 24 * 3600
# Lines of each part of a plan that the page shows.
MAX_SHOWN = 200


def sign(plan: Plan, scope: str) -> str:
    """Return a plan's additions as a signed text, valid for one page and one user."""
    lines = [[chair.pk, asdict(candidate)] for chair, candidate in plan.additions]
    return signing.dumps({"scope": scope, "additions": lines}, salt=SALT, compress=True)


def signed_additions(text: str, scope: str) -> list[tuple[int, Candidate]]:
    """Return the signed candidates, with the key of each one's chair. Raise BadSignature if the text is altered or too old."""
    said = signing.loads(text, salt=SALT, max_age=MAX_AGE)
    if said["scope"] != scope:
        raise signing.BadSignature("made for another page")
    return [(pk, Candidate(**values)) for pk, values in said["additions"]]


def shown(plan: Plan, scope: str) -> dict:
    """Return the context of a plan's preview: the first lines of each part, the totals, and the signed plan."""
    parts = {"additions": plan.additions, "duplicates": plan.duplicates, "refusals": plan.refusals}
    return {
        "plan": {name: list(islice(part, MAX_SHOWN)) for name, part in parts.items()},
        "numbers": {name: len(part) for name, part in parts.items()},
        "more": {name: len(part) - MAX_SHOWN for name, part in parts.items() if len(part) > MAX_SHOWN},
        "signed": sign(plan, scope) if plan.additions else "",
    }


def act_on(request: HttpRequest, scope: str, do: Callable[[list[tuple[int, Candidate]]], int]) -> None:
    """Add the outputs of the signed plan, and tell the user how many were added."""
    try:
        number = do(signed_additions(request.POST["plan"], scope))
    except signing.BadSignature:
        messages.error(request, _("Nothing was added: this page was open for too long. Give the list again."))
        return
    said = ngettext("%(number)s output added.", "%(number)s outputs added.", number)
    messages.success(request, said % {"number": number})


def keep_outputs(request: HttpRequest, chair: Chair) -> dict[str, Any] | None:
    """Handle a page of a chair's outputs. Return its context, or None after a change, to redirect."""
    outputs = answers.waiting_first(Output.objects.filter(chair=chair))
    scope = f"chair {chair.pk} of {request.user.pk}"
    if request.POST.get("answer") in (answers.CONFIRM, answers.SET_ASIDE):
        ticked = [pk for pk in request.POST.getlist("output")[:ROWS_A_PAGE] if is_key(pk)]
        say_answer(request, Output.objects.filter(chair=chair, pk__in=ticked), request.POST["answer"])
        return None
    if "plan" in request.POST:
        act_on(request, scope, lambda given: add_signed(chair, given, request.user))
        return None
    form = GivenForm(request.POST or None, request.FILES or None)
    context = {"form": form, "chair": chair, "outputs": outputs}
    if request.method == "POST" and form.is_valid():
        context |= shown(plan_for(chair, *form.read()), scope)
    return context


def add_signed(chair: Chair, given: list[tuple[int, Candidate]], by) -> int:
    return add(chair, [candidate for _pk, candidate in given], by=by, is_confirmed=True)


def say_answer(request: HttpRequest, outputs: "QuerySet[Output]", verdict: str) -> None:
    """Confirm outputs or set them aside, and tell the user how many changed."""
    number = answers.answer(outputs, verdict, by=request.user)
    if verdict == answers.CONFIRM:
        said = ngettext("%(number)s output confirmed.", "%(number)s outputs confirmed.", number)
    else:
        said = ngettext("%(number)s output set aside.", "%(number)s outputs set aside.", number)
    messages.success(request, said % {"number": number})
