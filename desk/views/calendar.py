"""The calendar of a user's days: one month as a page, and all of it at a secret address for calendar programs."""

import calendar as months
import datetime
import secrets

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from clusters.perms import is_member_of_staff
from core.admin.panel_page import panel_page
from core.ical import MEDIA_TYPE, CalendarDay, calendar
from core.network import at_site_url
from desk.calendar import events
from desk.models import CalendarAddress

BEFORE, AFTER = datetime.timedelta(days=31), datetime.timedelta(days=731)
FIRST_YEAR, LAST_YEAR = 2000, 2100
TOKEN_BYTES = 32


@panel_page
@require_safe
def month(request):
    """Show one month as a list of days."""
    asked = _asked(request.GET.get("month", ""))
    first = asked or timezone.localdate().replace(day=1)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    days: dict[datetime.date, list] = {}
    for event in events(request.user, first, last):
        days.setdefault(event.day, []).append(event)
    kept = CalendarAddress.objects.filter(user=request.user).first()
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar: %(month)s") % {"month": date_format(first, "YEAR_MONTH_FORMAT")},
        "days": days,
        "is_unknown": asked is None and "month" in request.GET,
        "today": timezone.localdate(),
        "before": first - datetime.timedelta(days=1),
        "after": last + datetime.timedelta(days=1),
        "address": kept and at_site_url(reverse("desk:ics", args=[kept.token])),
    }
    return render(request, "desk/admin/calendar.html", context)


@panel_page
@require_POST
def address(request):
    """Give the calendar a new address in place of the old one, or revoke it."""
    if "revoke" in request.POST:
        CalendarAddress.objects.filter(user=request.user).delete()
        messages.success(request, _("The address of your calendar no longer works."))
    else:
        new = {"token": secrets.token_urlsafe(TOKEN_BYTES), "made_at": timezone.now()}
        CalendarAddress.objects.update_or_create(user=request.user, defaults=new)
        messages.success(request, _("Your calendar has a new address. Keep it to yourself."))
    return redirect("panel_desk:calendar")


@login_not_required
@never_cache
@require_safe
def ics(request, token):
    """Return the calendar of the token's owner, as they may see it now; 404 if they are no longer staff."""
    # A NUL character, which PostgreSQL accepts in no text, is in no token.
    found = CalendarAddress.objects.select_related("user").filter(token=token.replace("\0", " ")).first()
    if found is None or not is_member_of_staff(found.user):
        raise Http404
    today, now = timezone.localdate(), timezone.now()
    with translation.override(found.user.language):
        days = (
            CalendarDay(event.uid, event.day, f"{event.what} – {event.title}", event.url, now)
            for event in events(found.user, today - BEFORE, today + AFTER)
        )
        text = "".join(calendar(days, _("Cathedra: my desk")))
    headers = {"Content-Disposition": 'inline; filename="cathedra.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=MEDIA_TYPE, headers=headers)


def _asked(month: str) -> datetime.date | None:
    try:
        first = datetime.date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None
