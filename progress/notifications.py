"""Who is notified of the verbs of a progress report. docs/mail.md has the table."""

from django.utils.translation import pgettext_lazy

from accounts.models import User
from clusters.scopes import EDITORS
from clusters.staff import staff
from core.notices import Notice, others, tell
from core.verbs import Verb
from partners.notifications import contacts_of
from progress.models import ProgressReport
from progress.perms import authors_of
from sponsorships.notifications import CONTACTS, OTHER_EDITORS


def _editors(report, by):
    return others(staff(report.sponsorship.chair.cluster, EDITORS), by)


def _author(report, by):
    return others(User.objects.filter(pk__in=authors_of(report), is_active=True), by)


def _partner(report, by):
    return others(contacts_of(report.sponsorship.partner), by)


def _page(report) -> tuple:
    return ("progress:detail", report.reference)


def _desk(report) -> tuple:
    return ("admin:progress_progressreport_change", report.pk)


AUTHOR = pgettext_lazy("report", "who wrote it")

TOLD_OF = {
    "submit": [Notice(_editors, OTHER_EDITORS, "reports/submitted_staff", _desk)],
    "send_back": [Notice(_author, AUTHOR, "reports/sent_back_author", _page, carries_note=True)],
    "accept": [
        Notice(_author, AUTHOR, "reports/accepted_author", _page),
        Notice(_partner, CONTACTS, "reports/accepted_partner", _page, is_for_partner=True),
    ],
}


def tell_of(verb: Verb, report: ProgressReport, *, by: User | None, note: str) -> None:
    """Queue the mails of a report's verb."""
    sponsorship = report.sponsorship
    context = {"report": report, "chair": sponsorship.chair, "partner": sponsorship.partner, "note": note}
    tell(verb.tells, report, by, context)
