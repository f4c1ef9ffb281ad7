"""Tags that show progress reports on other pages."""

from copy import copy
from functools import partial

from django import template
from django.contrib import admin

from clusters.models import Cluster
from core.admin.readers_queries import ask
from core.prepared import Argument, Prepared
from progress.models import ProgressReport
from progress.perms import can_report_on
from sponsorships.enums import SponsorshipStatus
from sponsorships.published import shown_in

register = template.Library()
# A chair's page in the panel shows this many; the list has the rest.
SHOWN = 5


@register.inclusion_tag("progress/_chair_reports.html")
def chair_reports(chair):
    """Show the public paragraphs of reports on a chair, if the partners agree to be named."""
    return {"reports": _published_of(chair=chair.pk) if shown_in(chair) else []}


@Prepared
def _published_of():
    return (
        ProgressReport.objects.published()
        .filter(sponsorship__chair=Argument("chair"))
        .select_related("sponsorship__partner")
    )


@register.inclusion_tag("progress/admin/_of_chair.html")
def chair_reports_for_staff(chair, user):
    """Show the latest reports on what was funded in a chair, to staff who may read them."""
    build = partial(_reports_for, copy(user))
    return {"reports": ask(admin.site.reads_as(user), "reports of a chair", build, chair=chair.pk)}


def _reports_for(user):
    mine = Cluster.objects.visible_to(user).order_by().values("pk")
    reports = ProgressReport.objects.visible_to(user).filter(
        sponsorship__chair=Argument("chair"), sponsorship__chair__cluster__in=mine
    )
    return reports.select_related("sponsorship__partner").order_by("-starts_on", "-pk")[:SHOWN]


@register.inclusion_tag("progress/my/_reports.html")
def sponsorship_reports(sponsorship, user):
    """Show the reports on a sponsorship that this user may read, and a link to write one if they may."""
    reports = ProgressReport.objects.visible_to(user).filter(sponsorship=sponsorship)
    is_running = sponsorship.status == SponsorshipStatus.ACTIVE
    return {
        "sponsorship": sponsorship,
        "reports": reports,
        "can_report": is_running and can_report_on(sponsorship, user),
    }
