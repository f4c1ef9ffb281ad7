"""Who is notified of the verbs of a chair's yearly report. docs/mail.md has the table."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.notifications import investigators_of as investigators_of_chair
from clusters.scopes import EDITORS
from clusters.staff import staff
from core.notices import Notice, others, tell
from core.verbs import Verb
from yearly.models import ChairYearReport


def _editors(report, by):
    return others(staff(report.chair.cluster, EDITORS), by)


def _investigators(report, by):
    return others(investigators_of_chair(report.chair), by)


def _writers(report, by):
    """Return the chair's investigators, and the person who submitted the report on their behalf."""
    last = report.transitions.filter(verb="submit").last()
    writers = investigators_of_chair(report.chair) | User.objects.filter(pk=last and last.by_id, is_active=True)
    return others(writers.distinct(), by)


def _page(report) -> tuple:
    return ("yearly:report", report.chair.cluster.slug, report.chair.slug, report.year)


def _desk(report) -> tuple:
    return ("admin:yearly_chairyearreport_change", report.pk)


INVESTIGATORS = _("the chair’s investigators")
EDITORS_OF_THE_CLUSTER = _("the cluster’s editors and managers")
WRITERS = _("the chair’s investigators and who handed it in")

TOLD_OF = {
    "submit": [
        Notice(_editors, EDITORS_OF_THE_CLUSTER, "yearly/submitted_staff", _desk),
        Notice(_investigators, INVESTIGATORS, "yearly/submitted_investigators", _page),
    ],
    "send_back": [Notice(_writers, WRITERS, "yearly/sent_back", _page, carries_note=True)],
    "accept": [Notice(_writers, WRITERS, "yearly/accepted", _page)],
}


def tell_of(verb: Verb, report: ChairYearReport, *, by: User | None, note: str) -> None:
    """Queue the mails of a report's verb."""
    tell(verb.tells, report, by, {"report": report, "chair": report.chair, "year": report.year, "note": note})
