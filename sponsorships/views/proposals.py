"""A partner writes a proposal, step by step or on one page: a new one from a chair's page, or a saved one."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import SlugField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chairs.models import Chair
from core.kept_files import ACCEPT
from core.past_addresses import record_within
from core.prepared import Argument, Prepared
from partners.models import Contact
from sponsorships.forms.proposal import SponsorshipForm
from sponsorships.models import Sponsorship
from sponsorships.perms import can_propose
from sponsorships.proposals import beginnings, documents, drafts, steps
from sponsorships.proposals.drafts import Outcome
from sponsorships.proposals.remarks import open_remarks
from sponsorships.timeline import last_question
from sponsorships.views.door import begin

CONFLICT = 409
# Steps forward or back, by button.
MOVES = {"next": 1, "back": -1}
EVERY_FIELD = frozenset(SponsorshipForm.Meta.fields)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, cluster_slug, slug):
    """Propose to fund research in a chair.

    The first page needs no account; `?form=whole` shows all fields on one page.
    """
    found = _chair_at(cluster=cluster_slug, slug=slug)
    chair = found[0] if found else record_within(_chairs().published(), cluster_slug, slug)
    if request.user.is_authenticated and not _contacts(user=request.user.pk):
        return redirect(f"{reverse('partners:new')}?{urlencode({'next': request.get_full_path()})}")
    if request.user.is_authenticated and request.method == "POST":
        return _post_new(request, chair)
    if not chair.is_fundable:
        messages.warning(request, _("This chair is not open to new sponsors at the moment."))
        return redirect(chair)
    initial = beginnings.kept(request, chair) | _chosen_activity(request, chair)
    if not request.user.is_authenticated:
        return begin(request, chair, initial)
    step = None if request.GET.get("form") == "whole" else steps.WHAT
    draft, only = drafts.new_draft(chair, request.user), step and step.fields
    form = SponsorshipForm(instance=draft, user=request.user, only=only, initial=initial)
    return _page(request, form, step=step, is_begun=bool(beginnings.kept(request, chair)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, reference):
    """Edit a draft or answer a request for changes, whole or one `?step`. `?check` shows what is still missing."""
    sponsorship = _own_file(request.user, reference)
    if request.method == "POST":
        return _answer(request, drafts.update(*_typed(request, sponsorship)))
    if not sponsorship.is_editable:
        messages.info(request, _("This proposal has been sent: it can no longer be changed."))
        return redirect(sponsorship)
    step = steps.asked_in(request.GET)
    if step == steps.SEND:
        return _towards_sending(request, sponsorship)
    form = SponsorshipForm(instance=sponsorship, user=request.user, only=step and step.fields)
    if "check" in request.GET:
        form = SponsorshipForm(form.initial, instance=sponsorship, user=request.user, only=step and step.fields)
        form.ask_for_the_rest()
    return _page(request, form, step=step)


def _typed(request, record) -> tuple:
    """Return the arguments of `drafts.update`: posted values, record, user, and the fields of the posted step."""
    step = steps.asked_in(request.POST)
    fields = steps.fields_in(request.POST, step, EVERY_FIELD)
    return steps.as_shown(request.POST, step), record, request.user, fields


def _post_new(request, chair):
    reference = _reference(request.POST.get("reference"))
    known = Sponsorship.objects.filter(reference=reference).first() if reference else None
    if known is not None:
        if known.chair_id != chair.pk:
            raise Http404
        saving = drafts.update(*_typed(request, _own_file(request.user, reference)))
    elif not chair.is_fundable:
        messages.warning(request, _("This chair is not open to new sponsors at the moment."))
        return redirect(chair)
    else:
        data, _chair, user, fields = _typed(request, chair)
        saving = drafts.create(data, chair, user, reference, fields)
    if saving.form.instance.pk:
        beginnings.forget(request, chair)
    return _answer(request, saving)


def _answer(request, saving):
    """Respond to the posted form: redirect if it was saved, else show the page again with what was typed."""
    sponsorship, form = saving.form.instance, saving.form
    act, step = request.POST.get("act"), steps.asked_in(request.POST)
    wants_to_send = act == "send"
    if saving.outcome == Outcome.LOCKED:
        messages.info(request, _("This proposal has already been sent: what you just typed was not saved."))
        return redirect(sponsorship)
    refused = _take_documents(request, saving)
    if saving.outcome == Outcome.STALE:
        return _page(request, form, status=CONFLICT, step=step, is_stale=True, refused=refused)
    if wants_to_send and saving.outcome == Outcome.PARTLY_SAVED:
        form.ask_for_the_rest()
    if saving.outcome in {Outcome.PARTLY_SAVED, Outcome.REFUSED} or refused:
        return _page(request, form, step=step, is_saved=saving.outcome != Outcome.REFUSED, refused=refused)
    if step and act in MOVES:
        return _to_the_next(request, form, step, MOVES[act])
    if act not in {"save", "send"}:  # a document was added or removed: stay on the page
        here = steps.address(sponsorship, step) if step else reverse("sponsorships:edit", args=[sponsorship.reference])
        return redirect(f"{here}#documents")
    if not wants_to_send:
        messages.success(request, _("The draft is saved. It has not been sent yet: the cluster does not see it."))
        return redirect(sponsorship)
    if form.is_valid() and form.ask_for_the_rest():
        return _page(request, form, is_saved=True)
    return redirect(_sending_page(sponsorship), sponsorship.reference)


def _to_the_next(request, form, step, by):
    """Go one step on or back from a saved step. Going on first asks for what is missing in it."""
    if by > 0 and form.is_valid() and form.ask_for_the_rest():
        return _page(request, form, step=step, is_saved=True)
    to = steps.beside(step, by)
    return _towards_sending(request, form.instance) if to == steps.SEND else redirect(steps.address(form.instance, to))


def _towards_sending(request, sponsorship):
    """Go to the page that sends the proposal, or to the first step in which something is missing."""
    step = steps.unfinished(sponsorship)
    if step is None:
        return redirect(_sending_page(sponsorship), sponsorship.reference)
    messages.warning(request, _("Something is still missing: see the message beside each field."))
    return redirect(f"{steps.address(sponsorship, step)}&check=1")


def _take_documents(request, saving) -> list[str]:
    """Add the attached files and remove the one to take out, even if form fields are invalid.

    Return a sentence for each refused file.
    """
    sponsorship, uploads = saving.form.instance, request.FILES.getlist("documents")
    if sponsorship.pk is None:
        not_kept = _(
            "Not added, because nothing could be saved yet: correct what is marked, then choose the files again."
        )
        return [not_kept] if uploads else []
    if pk := request.POST.get("take_out"):
        documents.take_out(sponsorship, pk, request.user)
    refused = documents.attach(sponsorship, uploads, request.user)
    if request.POST.get("act") == "attach" and not uploads:
        refused = [_("Nothing was added: choose a file first.")]
    if saving.outcome != Outcome.STALE:
        saving.form.show_revision(sponsorship.revision)
    return refused


def _page(request, form, status=200, step=None, **context):
    if not form.is_bound:
        form.choose_only_signatory()
    sponsorship = form.instance
    values = {"form": form, "sponsorship": sponsorship, "chair": sponsorship.chair, **context}
    values |= {"accept": ACCEPT, "most_documents": documents.MAX_DOCUMENTS}
    if step:
        values |= {"step": step, "steps": steps.bar(sponsorship, step), "is_first": step == steps.WHAT}
    if sponsorship.pk:
        values |= {
            "documents": sponsorship.documents.current(),
            "question": last_question(sponsorship),
            "remarks": open_remarks(sponsorship),
            "action": reverse("sponsorships:edit", args=[sponsorship.reference]),
        }
    template = "sponsorships/proposal_step.html" if step else "sponsorships/proposal_form.html"
    return render(request, template, values, status=status)


def _own_file(user, reference) -> Sponsorship:
    """Return a sponsorship that the user may edit: Http404 if they cannot see it, PermissionDenied if they can only read it."""
    files = Sponsorship.objects.visible_to(user).select_related("partner", "chair__cluster", "chair__rule")
    sponsorship = get_object_or_404(files, reference=reference)
    if not can_propose(sponsorship, user):
        raise PermissionDenied
    return sponsorship


def _chairs():
    return Chair.objects.select_related("cluster", "rule")


@Prepared
def _chair_at():
    cluster, slug = Argument("cluster", SlugField()), Argument("slug", SlugField())
    return _chairs().published().filter(cluster__slug=cluster, slug=slug)


@Prepared
def _contacts():
    return Contact.objects.approved().filter(user=Argument("user")).values_list("pk", flat=True)


def _chosen_activity(request, chair) -> dict:
    """Return the form's initial activity: the one clicked, if it is open and in this chair."""
    chosen = request.GET.get("activity", "")
    return (
        {"activity": chosen} if chosen.isdecimal() and chair.activities.open().filter(pk=chosen[:18]).exists() else {}
    )


def _reference(typed) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


def _sending_page(sponsorship) -> str:
    return "sponsorships:submit" if sponsorship.submitted_at is None else "sponsorships:resubmit"
