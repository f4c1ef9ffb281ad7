"""The calendar of a member of staff: deadlines, ends, reports and instalments of the records that they may see."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.enums import RUNNING_STATUSES
from chairs.models import Activity, Chair
from clusters.perms import is_member_of_staff
from core.admin.record_page import change_url
from desk.subjects import title_of
from sponsorships.enums import InstalmentCondition, InstalmentStatus, SponsorshipStatus
from sponsorships.models import Instalment, Sponsorship
from yearly.deadlines import due_on

# The most events of one sort in a calendar: more than an office has in two years.
MOST = 500


@dataclass(frozen=True)
class Event:
    """An event on a day. `uid` stays the same each time the calendar is fetched."""

    day: datetime.date
    what: str
    title: str
    url: str
    uid: str
    record: object = None


def events(user: User, first: datetime.date, last: datetime.date) -> list[Event]:
    """Return the events between two days, both included, of the records that the user may see now."""
    if not is_member_of_staff(user):
        return []
    sources = (_chairs, _activities, _sponsorships, _planned, _payable, _years)
    found = [event for source in sources for event in source(user, first, last)]
    return sorted(found, key=lambda event: (event.day, event.what, event.title))


def _seen(model, user: User):
    return admin.site.get_model_admin(model).get_visible(user)


def _event(record, day: datetime.date, what: str, name: str) -> Event:
    return Event(day, what, title_of(record), change_url(record), f"{name}-{record.pk}", record)


def _chairs(user, first, last) -> Iterator[Event]:
    running = _seen(Chair, user).filter(status__in=RUNNING_STATUSES)
    for chair in running.filter(ends_on__range=(first, last)).order_by("ends_on")[:MOST]:
        yield _event(chair, chair.ends_on, _("End of a chair"), "chair-ends")


def _activities(user, first, last) -> Iterator[Event]:
    asking = _seen(Activity, user).filter(closed_at=None, deadline__range=(first, last)).select_related("chair")
    for activity in asking.order_by("deadline")[:MOST]:
        yield _event(activity, activity.deadline, _("Last day for proposals"), "activity-deadline")


def _sponsorships(user, first, last) -> Iterator[Event]:
    running = _seen(Sponsorship, user).filter(status=SponsorshipStatus.ACTIVE, ends_on__range=(first, last))
    for sponsorship in running.select_related("partner", "chair").order_by("ends_on")[:MOST]:
        yield _event(sponsorship, sponsorship.ends_on, _("End of a sponsorship"), "sponsorship-ends")


def _planned(user, first, last) -> Iterator[Event]:
    """Yield planned instalments; one that waits for a report is also the day of that report."""
    for instalment in _standing(user).filter(status=InstalmentStatus.PLANNED, due_on__range=(first, last))[:MOST]:
        waits = instalment.condition == InstalmentCondition.REPORT
        what = _("Report awaited, then an instalment") if waits else _("Instalment planned")
        yield _event(instalment, instalment.due_on, what, "instalment-planned")


def _payable(user, first, last) -> Iterator[Event]:
    asked = _standing(user).filter(status=InstalmentStatus.INVOICED, payable_on__range=(first, last))
    for instalment in asked.order_by("payable_on")[:MOST]:
        yield _event(instalment, instalment.payable_on, _("Payment due"), "instalment-payable")


def _standing(user):
    named = "sponsorship__partner", "sponsorship__chair"
    return _seen(Instalment, user).standing().select_related(*named).order_by("due_on")


def _years(user, first, last) -> Iterator[Event]:
    for year in range(first.year - 1, last.year):
        if first <= due_on(year) <= last:
            url = reverse("admin:yearly_chairyearreport_missing")
            title = _("Reports of %(year)d") % {"year": year}
            yield Event(due_on(year), _("Yearly reports of the chairs are due"), title, url, f"yearly-{year}")
