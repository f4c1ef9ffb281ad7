"""A chair's yearly report under /my/: an investigator reads the figures, writes the texts, and submits it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chairs.models import Chair
from core.exceptions import Refused
from core.past_addresses import record_within
from yearly import verbs
from yearly.chair_years import reportable_years
from yearly.deadlines import due_on
from yearly.facts import facts_of
from yearly.forms import ChairYearReportForm
from yearly.models import ChairYearReport
from yearly.perms import can_report, can_write

CONFLICT = 409


def _chair(user, cluster_slug, slug) -> Chair:
    chairs = Chair.objects.visible_to(user).select_related("cluster", "kind", "phase")
    return record_within(chairs, cluster_slug, slug, also_private=True)


def _report(user, cluster_slug, slug, year, *, is_to_write=False) -> ChairYearReport:
    """Return a chair's report of a year, unsaved if nobody has begun it.

    Raise Http404 if the chair did not run in the year, PermissionDenied if the user needs to write and may not.
    """
    chair = _chair(user, cluster_slug, slug)
    if year not in reportable_years(chair):
        raise Http404
    if is_to_write and not can_report(chair, user):
        raise PermissionDenied
    found = ChairYearReport.objects.visible_to(user).filter(chair=chair, year=year).first()
    report = found or ChairYearReport(chair=chair, year=year, created_by=user)
    report.chair = chair
    return report


@never_cache
@require_safe
def years(request, cluster_slug, slug):
    """List the years of which a chair reports, the latest first, with the status of each report."""
    chair = _chair(request.user, cluster_slug, slug)
    if not can_report(chair, request.user):
        raise PermissionDenied
    begun = {one.year: one for one in chair.year_reports.all()}
    rows = [
        {"year": year, "report": begun.get(year), "due": due_on(year), "url": _url("report", chair, year)}
        for year in reportable_years(chair)
    ]
    context = {"chair": chair, "rows": rows, "today": timezone.localdate()}
    return render(request, "yearly/my/years.html", context)


@never_cache
@require_safe
def report(request, cluster_slug, slug, year):
    """Show the report, or the year's figures if nobody has begun it."""
    found = _report(request.user, cluster_slug, slug, year)
    is_writer = can_write(found, request.user)
    if found.pk is None and not is_writer:
        raise Http404
    context = {
        **_frame(found),
        "is_writer": is_writer,
        "obstacles": verbs.submit.why_not(found, request.user) if found.pk and is_writer and found.is_editable else [],
        "sent_back": found.transitions.filter(verb="send_back").last() if found.status == "sent_back" else None,
        "timeline": found.transitions.select_related("by").order_by("-at", "-pk") if found.pk else [],
    }
    return render(request, "yearly/my/report.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, cluster_slug, slug, year):
    """Write the report, or continue it until it is submitted."""
    found = _report(request.user, cluster_slug, slug, year, is_to_write=True)
    if request.method == "POST":
        return _save(request, found)
    if not found.is_editable:
        messages.info(request, _("This report has been handed in: it can no longer be changed."))
        return redirect(found)
    return _page(request, ChairYearReportForm(instance=found))


def _save(request, found):
    """Save the form, if nobody changed the report since it was opened.

    If two people begin the report at once, the second sees the first one's version.
    """
    try:
        with transaction.atomic():
            current = found.locked() if found.pk else found
            if found.pk:
                current.chair = found.chair
            form = ChairYearReportForm(request.POST, instance=current)
            if not current.is_editable:
                return _page(request, form, status=CONFLICT, is_locked=True)
            seen = current.updated_at.isoformat() if current.pk else ""
            if request.POST.get("seen", "") != seen:
                return _page(request, form, status=CONFLICT, is_stale=True)
            if not form.is_valid():
                return _page(request, form)
            form.save()
    except IntegrityError:
        begun = get_object_or_404(ChairYearReport, chair=found.chair, year=found.year)
        return _page(request, ChairYearReportForm(request.POST, instance=begun), status=CONFLICT, is_stale=True)
    messages.success(request, _("The report is saved. It has not been handed in yet."))
    return redirect(current)


@never_cache
@require_POST
def submit(request, cluster_slug, slug, year):
    """Submit a report; the button is on the page that shows it in full."""
    found = _report(request.user, cluster_slug, slug, year, is_to_write=True)
    if found.pk is None:
        raise Http404
    try:
        verbs.submit(found, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("The report is handed in. The cluster’s office reads it."))
    return redirect(found)


def _page(request, form, status=200, **context):
    report = form.instance
    return render(request, "yearly/my/report_form.html", {**_frame(report), "form": form, **context}, status=status)


def _frame(report) -> dict:
    return {
        "report": report,
        "chair": report.chair,
        "due": due_on(report.year),
        "facts": facts_of(report),
        "edit_url": _url("edit", report.chair, report.year),
        "submit_url": _url("submit", report.chair, report.year),
        "years_url": reverse("yearly:years", args=[report.chair.cluster.slug, report.chair.slug]),
    }


def _url(name, chair, year) -> str:
    return reverse(f"yearly:{name}", args=[chair.cluster.slug, chair.slug, year])
