"""Progress reports under /my/: an investigator writes and submits them, staff and the partner read them."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.downloads import download
from core.exceptions import Refused
from core.kept_files import ACCEPT
from progress import verbs
from progress.files import MAX_FILES, attach, take_out
from progress.forms import ProgressReportForm
from progress.models import ProgressReport, ReportFile
from progress.perms import can_report_on, can_write_report
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Sponsorship

CONFLICT = 409


def _reports(user):
    seen = ProgressReport.objects.visible_to(user)
    return seen.select_related("sponsorship__partner", "sponsorship__chair__cluster", "sponsorship__activity")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, reference):
    """Begin a report on an active sponsorship."""
    files = Sponsorship.objects.visible_to(request.user).select_related("partner", "chair__cluster")
    sponsorship = get_object_or_404(files, reference=reference)
    if not can_report_on(sponsorship, request.user):
        raise PermissionDenied
    if sponsorship.status != SponsorshipStatus.ACTIVE:
        messages.info(request, _("Reports are written on active sponsorships: this one is not active."))
        return redirect(sponsorship)
    report = ProgressReport(sponsorship=sponsorship, created_by=request.user)
    form = ProgressReportForm(request.POST or None, instance=report)
    if request.method == "POST" and form.is_valid():
        report.reference = form.cleaned_data["reference"]
        return _create(request, form)
    return _page(request, form)


def _create(request, form):
    """Save a new report. A double click redirects to the report that the first click saved.

    If another report has the reference, show the form again with a new one.
    """
    report = form.instance
    try:
        with transaction.atomic():
            return _save(request, form)
    except IntegrityError:
        if not ProgressReport.objects.filter(reference=report.reference).exists():
            raise
    known = _reports(request.user).filter(reference=report.reference, sponsorship=report.sponsorship).first()
    if known is not None:
        return redirect(known)
    typed = request.POST.copy()
    typed["reference"] = str(uuid.uuid4())
    again = ProgressReport(sponsorship=report.sponsorship, created_by=request.user)
    return _page(request, ProgressReportForm(typed, instance=again), status=CONFLICT, is_taken=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, reference):
    """Edit a report that is a draft, or was sent back."""
    report = get_object_or_404(_reports(request.user), reference=reference)
    if not can_write_report(report, request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _update(request, report)
    if not report.is_editable:
        messages.info(request, _("This report has been handed in: it can no longer be changed."))
        return redirect(report)
    return _page(request, ProgressReportForm(instance=report))


@transaction.atomic
def _update(request, report):
    """Save the form, if nobody changed the report since it was opened. The row is locked first."""
    current = report.locked()
    form = ProgressReportForm(request.POST, instance=current)
    if not current.is_editable:
        return _page(request, form, status=CONFLICT, is_locked=True)
    version = current.updated_at.isoformat()
    if request.POST.get("seen", version) != version:
        return _page(request, form, status=CONFLICT, is_stale=True)
    return _save(request, form) if form.is_valid() else _page(request, form)


@never_cache
@require_safe
def report(request, reference):
    """Show a report."""
    found = get_object_or_404(_reports(request.user), reference=reference)
    is_writer = can_write_report(found, request.user)
    context = {
        "report": found,
        "sponsorship": found.sponsorship,
        "files": found.files.all(),
        "instalments": found.instalments.all(),
        "is_writer": is_writer,
        "obstacles": verbs.submit.why_not(found, request.user) if is_writer and found.is_editable else [],
        "sent_back": found.transitions.filter(verb="send_back").last() if found.status == "sent_back" else None,
    }
    return render(request, "progress/my/report.html", context)


@never_cache
@require_POST
def submit(request, reference):
    """Submit a report; the button is on the page that shows it in full."""
    found = get_object_or_404(_reports(request.user), reference=reference)
    if not can_write_report(found, request.user):
        raise PermissionDenied
    try:
        verbs.submit(found, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("Your report is handed in. The cluster's office reads it, then the partner."))
    return redirect(found)


@never_cache
@require_safe
def file(request, reference, pk):
    """Return a file as a download, to users who may read its report."""
    seen = ProgressReport.objects.visible_to(request.user)
    found = get_object_or_404(ReportFile, pk=pk, report__in=seen, report__reference=reference)
    return download(found.file, found.name, found.media_type)


def _save(request, form):
    with transaction.atomic():
        report = form.save()
        take_out(report, request.POST.getlist("take_out"))
        refused = attach(report, request.FILES.getlist("files"))
    for sentence in refused:
        messages.error(request, sentence)
    messages.success(request, _("The report is saved. It has not been handed in yet."))
    return redirect("progress:edit" if refused else "progress:detail", report.reference)


def _page(request, form, status=200, **context):
    report = form.instance
    values = {"form": form, "report": report, "sponsorship": report.sponsorship, "accept": ACCEPT, "most": MAX_FILES}
    if report.pk:
        values["files"] = report.files.all()
    return render(request, "progress/my/report_form.html", {**values, **context}, status=status)
