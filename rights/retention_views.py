"""The page of the retention periods: what they are, what is due, and its confirmation."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clusters.perms import is_member_of_staff
from core.models import Heartbeat
from rights.due import confirm_erasure, confirmable
from rights.models import DueErasure
from rights.perms import can_see_file
from rights.retention import NOTICE, PERIODS

DAYS_OF_A_YEAR = 365


@require_http_methods(["GET", "HEAD", "POST"])
def retention_view(request):
    """Show the retention periods to all staff (GET); the coordinator confirms what is due (POST)."""
    may = can_see_file(request.user)
    if not is_member_of_staff(request.user) or (request.method == "POST" and not may):
        raise PermissionDenied
    if request.method == "POST":
        return _confirm(request)
    context = {
        **admin.site.each_context(request),
        "title": _("How long what is kept"),
        "lines": [_line(period) for period in PERIODS],
        "notice": NOTICE.days,
        "may": may,
        "looked_at": Heartbeat.last(Heartbeat.NIGHTLY),
    }
    return TemplateResponse(request, "rights/admin/retention.html", context)


def _line(period) -> dict:
    return {
        "period": period,
        "years": period.period.days // DAYS_OF_A_YEAR,
        "due": DueErasure.objects.filter(period=period.key).count(),
        "confirmable": confirmable(period).count(),
    }


def _confirm(request):
    period = next((one for one in PERIODS if one.key == request.POST.get("period")), None)
    if period is None:
        raise Http404
    done, refused = confirm_erasure(period, by=request.user)
    said = ngettext("%(number)d was erased.", "%(number)d were erased.", done) % {"number": done}
    messages.success(request, said)
    for sentence in refused:
        messages.warning(request, sentence)
    return redirect("panel_rights:retention")
