"""A partner writes a proposal: a new one from the chair's page, an old one from its file."""

import uuid

from django.contrib import messages
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
from sponsorships.proposals import documents, drafts
from sponsorships.proposals.drafts import Outcome
from sponsorships.proposals.remarks import open_remarks
from sponsorships.timeline import last_question

CONFLICT = 409


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, cluster_slug, slug):
    """Fund research in this chair."""
    found = _chair_at(cluster=cluster_slug, slug=slug)
    chair = found[0] if found else record_within(_chairs().published(), cluster_slug, slug)
    if not _contacts(user=request.user.pk):
        return redirect(f"{reverse('partners:new')}?{urlencode({'next': request.get_full_path()})}")
    if request.method == "POST":
        return _post_new(request, chair)
    if not chair.is_fundable:
        messages.warning(request, _("This chair is not open to new sponsors at the moment."))
        return redirect(chair)
    draft = drafts.new_draft(chair, request.user)
    form = SponsorshipForm(instance=draft, user=request.user, initial=_chosen_activity(request, chair))
    return _page(request, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, reference):
    """Edit a draft, or answer a request for changes. `?check` shows what is still missing."""
    sponsorship = _own_file(request.user, reference)
    if request.method == "POST":
        return _answer(request, drafts.update(request.POST, sponsorship, request.user))
    if not sponsorship.is_editable:
        messages.info(request, _("This proposal has been sent: it can no longer be changed."))
        return redirect(sponsorship)
    form = SponsorshipForm(instance=sponsorship, user=request.user)
    if "check" in request.GET:
        form = SponsorshipForm(form.initial, instance=sponsorship, user=request.user)
        form.ask_for_the_rest()
    return _page(request, form)


def _post_new(request, chair):
    reference = _reference(request.POST.get("reference"))
    known = Sponsorship.objects.filter(reference=reference).first() if reference else None
    if known is not None:
        if known.chair_id != chair.pk:
            raise Http404
        saving = drafts.update(request.POST, _own_file(request.user, reference), request.user)
    elif not chair.is_fundable:
        messages.warning(request, _("This chair is not open to new sponsors at the moment."))
        return redirect(chair)
    else:
        saving = drafts.create(request.POST, chair, request.user, reference)
    return _answer(request, saving)


def _answer(request, saving):
    """Respond to the posted form: redirect if it was saved, else show the page again with what was typed."""
    sponsorship, form = saving.form.instance, saving.form
    wants_to_send = request.POST.get("act") == "send"
    if saving.outcome == Outcome.LOCKED:
        messages.info(request, _("This proposal has already been sent: what you just typed was not saved."))
        return redirect(sponsorship)
    refused = _take_documents(request, saving)
    if saving.outcome == Outcome.STALE:
        return _page(request, form, status=CONFLICT, is_stale=True, refused=refused)
    if wants_to_send and saving.outcome == Outcome.PARTLY_SAVED:
        form.ask_for_the_rest()
    if saving.outcome in {Outcome.PARTLY_SAVED, Outcome.REFUSED} or refused:
        return _page(request, form, is_saved=saving.outcome != Outcome.REFUSED, refused=refused)
    if request.POST.get("act") not in {"save", "send"}:  # a document was added or taken out: the page goes on
        return redirect(f"{reverse('sponsorships:edit', args=[sponsorship.reference])}#documents")
    if not wants_to_send:
        messages.success(request, _("The draft is saved. It has not been sent yet: the cluster does not see it."))
        return redirect(sponsorship)
    if form.is_valid() and form.ask_for_the_rest():
        return _page(request, form, is_saved=True)
    return redirect(_sending_page(sponsorship), sponsorship.reference)


def _take_documents(request, saving) -> list[str]:
    """Add the attached files and remove the removed ones, even if fields are wrong.

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
    if saving.outcome != Outcome.STALE:
        saving.form.show_revision(sponsorship.revision)
    return refused


def _page(request, form, status=200, **context):
    sponsorship = form.instance
    values = {"form": form, "sponsorship": sponsorship, "chair": sponsorship.chair, **context}
    values |= {"accept": ACCEPT, "most_documents": documents.MAX_DOCUMENTS}
    if sponsorship.pk:
        values |= {
            "documents": sponsorship.documents.current(),
            "question": last_question(sponsorship),
            "remarks": open_remarks(sponsorship),
            "action": reverse("sponsorships:edit", args=[sponsorship.reference]),
        }
    return render(request, "sponsorships/proposal_form.html", values, status=status)


def _own_file(user, reference) -> Sponsorship:
    """Return a file that this person may write in: 404 for another's, 403 for one they only read."""
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
    """Return the activity that the person clicked, if it is an open one of this chair."""
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
