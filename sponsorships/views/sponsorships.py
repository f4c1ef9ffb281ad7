"""The partner's page of a sponsorship: its status, and what the partner can do."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.downloads import download
from core.exceptions import Refused
from core.verbs import is_permitted, verb_of, why_not
from core.views.confirmation import Act, confirm
from partners.perms import is_contact
from sponsorships.models import Sponsorship, SupportingDocument
from sponsorships.perms import can_propose, can_publish
from sponsorships.proposals.endorsements import why_not_endorse, why_not_take_back
from sponsorships.proposals.remarks import open_remarks
from sponsorships.proposals.steps import SEND, address, bar, unfinished
from sponsorships.timeline import last_question, next_act, next_step, timeline

# The partner's verbs, and the message after each.
PARTNER_VERBS = {
    "submit": gettext_lazy("Your proposal is sent. You will get an e-mail at each step."),
    "resubmit": gettext_lazy("Your revised proposal is sent. You will get an e-mail at each step."),
    "withdraw": gettext_lazy("Your proposal is withdrawn."),
}


def _files(user):
    files = Sponsorship.objects.visible_to(user)
    return files.select_related("partner", "chair__cluster", "chair__rule", "activity", "signatory__user", "created_by")


@never_cache
@require_safe
def sponsorship(request, reference):
    """Show a sponsorship to its partner; read-only to the chair's investigators and the cluster's staff."""
    found = get_object_or_404(_files(request.user), reference=reference)
    context = {
        "sponsorship": found,
        "steps": timeline(found),
        "next_step": next_step(found),
        "question": last_question(found),
        "remarks": open_remarks(found),
        # Investigators write for the office and for each other, not for the partner.
        "shows_endorsements": not is_contact(found.partner, request.user),
        "can_endorse": not why_not_endorse(found, request.user),
        "can_take_back": not why_not_take_back(found, request.user),
        "can_publish": can_publish(found, request.user),
        "can_propose": can_propose(found, request.user),
        "next_act": next_act(found) if is_contact(found.partner, request.user) else None,
        "go_on": _go_on(found) if found.submitted_at is None else "",
        "verbs": {name for name in PARTNER_VERBS if _is_open(found, name, request.user)},
    }
    return render(request, "sponsorships/my/sponsorship.html", context)


def _go_on(draft) -> str:
    """Return the address of the draft's first incomplete step, or of the whole form if none is."""
    step = unfinished(draft)
    return address(draft, step) if step else reverse("sponsorships:edit", args=[draft.reference])


@never_cache
@require_safe
def document(request, reference, pk):
    """Serve a document as a download, never as a page: a stranger's file must not open inside this site."""
    found = get_object_or_404(
        SupportingDocument.objects.visible_to(request.user), pk=pk, sponsorship__reference=reference
    )
    return download(found.file, found.name, found.media_type)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verb(request, reference, name):
    """Confirm and run one of the partner's verbs."""
    found = get_object_or_404(_files(request.user), reference=reference)
    if not is_permitted(found, name, request.user):
        raise PermissionDenied
    if not _is_open(found, name, request.user):
        messages.info(request, _too_late(found))
        return redirect(found)
    if request.method != "POST" and name != "withdraw" and why_not(found, name, request.user):
        messages.warning(request, _("Something is still missing: see the message beside each field."))
        return redirect(f"{reverse('sponsorships:edit', args=[found.reference])}?check=1")
    return confirm(request, _act(request, found, name))


def _act(request, found, name) -> Act:
    label, is_withdrawn = verb_of(found, name).label, name == "withdraw"
    edit = reverse("sponsorships:edit", args=[found.reference])
    return Act(
        title=_("Withdraw the proposal") if is_withdrawn else label,
        do=lambda form, note: _perform(request, found, name, note),
        done=PARTNER_VERBS[name],
        goes_to=lambda: found,
        button=label,
        back=found.get_absolute_url() if is_withdrawn else edit,
        keep=_("Keep it") if is_withdrawn else _("Change something"),
        is_final=is_withdrawn,
        asks_note=bool(found.submitted_at) or not is_withdrawn,
        stale=_("The proposal has changed since you opened this page. Read it again before you send it.")
        if not is_withdrawn and request.POST.get("revision") != str(found.revision)
        else "",
        template="sponsorships/my/sponsorship_verb.html",
        context={"sponsorship": found, "verb": name, "steps": [] if is_withdrawn else bar(found, SEND)},
    )


def _perform(request, found, name, note):
    try:
        verb_of(found, name)(found, by=request.user, note=note)
    except Refused as refusal:
        current = _files(request.user).get(pk=found.pk)  # somebody may have acted meanwhile
        raise refusal if _is_open(current, name, request.user) else Refused([_too_late(current)]) from refusal


def _is_open(found, name, user) -> bool:
    """Return whether the user may use the verb at the current status, even if the proposal is incomplete."""
    verb = verb_of(found, name)
    return found.status in verb.sources and verb.may(found, user)


def _too_late(found) -> str:
    return _("This is no longer possible: the proposal is now “%(status)s”.") % {"status": found.public_status}
