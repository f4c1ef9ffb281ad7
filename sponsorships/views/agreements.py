"""The pages of an agreement for its parties: read, download, sign."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.downloads import download
from core.exceptions import Refused
from core.network import client_address
from core.views.confirmation import Act, confirm
from partners.perms import is_contact
from sponsorships.agreements import document as documents
from sponsorships.agreements import signing, verbs
from sponsorships.agreements.forms import SigningForm
from sponsorships.agreements.typesetting import Unprintable, typeset
from sponsorships.enums import AgreementPath, AgreementStatus
from sponsorships.models import Agreement
from sponsorships.perms import can_manage_agreement

PDF = "application/pdf"
FILES = {"document": "file", "signatures": "signature_page"}


def _agreements(user):
    seen = Agreement.objects.visible_to(user)
    return seen.select_related("sponsorship__partner", "sponsorship__chair__cluster", "managing_institution")


@never_cache
@require_safe
def agreement(request, reference):
    """Show an agreement: its terms, status and signatures, and why the user cannot sign it."""
    found = get_object_or_404(_agreements(request.user), reference=reference)
    signatories = found.sponsorship.partner.contacts.approved().filter(is_signatory=True).select_related("user")
    context = {
        "agreement": found,
        "title": documents.title_of(found),
        "document": found.frozen or _as_it_stands(found),
        "signatures": found.signatures.all(),
        "is_partner": is_contact(found.sponsorship.partner, request.user),
        "obstacles": verbs.sign.why_not(found, request.user),
        "may_sign": verbs.sign.may(found, request.user),
        "may_manage": can_manage_agreement(found, request.user),
        "signatories": signatories,
        "may_preview": _is_a_draft_of_ours(found),
    }
    return render(request, "sponsorships/my/agreement.html", context)


@never_cache
@require_safe
def file(request, reference, which):
    """Download the issued document, byte for byte, or the signature page."""
    found = get_object_or_404(_agreements(request.user), reference=reference)
    kept = getattr(found, FILES[which])
    if not kept:
        raise Http404
    return download(kept, f"{file_name(found)}{'-signatures' if which == 'signatures' else ''}.pdf", PDF)


@never_cache
@require_safe
def preview(request, reference):
    """Show staff a draft as it would be issued, marked as a draft; it is not stored."""
    found = get_object_or_404(_agreements(request.user), reference=reference)
    if not _is_a_draft_of_ours(found):
        raise Http404
    try:
        content = typeset(documents.as_draft(found), timezone.now())
    except Unprintable as refusal:
        messages.error(request, documents.cannot_print(refusal.signs))
        return redirect(found)
    draft = _("draft")
    return download(ContentFile(content), f"{file_name(found)}-{draft}.pdf", PDF)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, reference):
    """Show the signing page (GET), then sign with the name and code typed there (POST)."""
    found = get_object_or_404(_agreements(request.user), reference=reference)
    may = verbs.sign.may(found, request.user)

    def do(form, note):
        name, code = form.cleaned_data["name"], form.cleaned_data["code"]
        try:
            signing.sign_with_code(found, by=request.user, name=name, code=code, address=client_address(request))
        except signing.WrongCode as wrong:
            form.add_error("code", str(wrong))

    act = Act(
        title=_("Sign the agreement"),
        do=do,
        done=_("You have signed. The managing institution signs next; you will get an e-mail."),
        goes_to=lambda: found,
        may=may,
        why_not=verbs.sign.why_not(found, request.user) if may else [],
        form=SigningForm,
        template="sponsorships/my/agreement_sign.html",
        context={
            "agreement": found,
            "title": documents.title_of(found),
            "code": signing.live_code(found, request.user) if may else None,
        },
    )
    return confirm(request, act)


@require_POST
def code(request, reference):
    """Mail a code to the signatory."""
    found = get_object_or_404(_agreements(request.user), reference=reference)
    if not verbs.sign.may(found, request.user):
        raise PermissionDenied
    try:
        signing.send_code(found, to=request.user)
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, _("A code is on its way to %(address)s.") % {"address": request.user.email})
    return redirect("sponsorships:agreement_sign", found.reference)


def file_name(found: Agreement) -> str:
    """Return the file name of a download, without extension and safe on every file system."""
    agreement = _("agreement")
    return f"{agreement}-{str(found.reference)[:8]}-{found.number}"


def _as_it_stands(found: Agreement) -> dict:
    return documents.contents(found) if found.path == AgreementPath.GENERATED else documents.terms(found)


def _is_a_draft_of_ours(found: Agreement) -> bool:
    return found.status == AgreementStatus.DRAFT and found.path == AgreementPath.GENERATED
