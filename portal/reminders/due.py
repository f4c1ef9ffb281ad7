"""The reminders that are due on a day: to whom, about what, and at which step.

Nothing is planned ahead: each day they are computed from the records. So finished work is not found, and after days
without a worker only the last step is found, not each missed one.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from chairs.enums import RUNNING_STATUSES
from chairs.models import Chair
from chairs.notifications import investigators_of as investigators_of_chair
from clusters.scopes import EDITORS, FINANCE, MANAGERS
from clusters.staff import staff
from partners.notifications import contacts_of
from portal.enums import ReminderKind
from progress.enums import ReportStatus
from progress.models import ProgressReport
from sponsorships.accounting.conditions import outstanding
from sponsorships.accounting.notifications import accounts_of
from sponsorships.agreements.notifications import lazy_title
from sponsorships.enums import InstalmentCondition, InstalmentStatus, Regime, SponsorshipStatus
from sponsorships.models import Agreement, Instalment, Sponsorship
from sponsorships.notifications import in_the_file, investigators_of
from yearly.chair_years import missing
from yearly.deadlines import WATCHED_AFTER, WATCHED_BEFORE, due_on, year_to_report
from yearly.enums import ChairReportStatus
from yearly.models import ChairYearReport

K = ReminderKind
# Steps in days after the day that is counted from; negative before it.
STEPS = {
    K.ANSWER: (7, 14, 28),
    K.SIGN: (7, 14, 28),
    K.COUNTERSIGN: (3, 7, 14),
    K.PAYABLE: (-7,),
    K.OVERDUE: (1, 14, 30),
    K.CHAIR_ENDS: (-90, -30),
    K.REPORT_DUE: (-14, 1, 14),
    K.REPORT_BACK: (7, 14, 28),
    K.REPORT_READ: (7, 14),
    K.YEAR_DUE: (-30, -7, 1, 14),
    K.YEAR_BACK: (7, 14, 28),
    K.YEAR_READ: (7, 14),
}
# An invoice of the last three days needs no reminder yet.
FRESH = datetime.timedelta(days=3)


@dataclass(frozen=True)
class Due:
    """A reminder that is due. `portal.reminders.sending` knows whether it was sent already."""

    kind: ReminderKind
    record: int
    since: datetime.date
    step: int
    readers: Iterable[User]
    template: str
    link: tuple
    context: dict = field(default_factory=dict)


def waiting(today: datetime.date) -> Iterator[tuple[Model, Callable[[], Iterator[Due]]]]:
    """Yield each record that waits on a day, with a function that yields the reminders about it.

    The reminders are computed record by record, so that a failure concerns one record only.
    """
    for records, due_of in KINDS:
        for record in records(today).order_by("pk"):
            yield record, partial(due_of, record, today)


class Asked(datetime.date):
    """A day on which staff ask for a reminder at once: any day is then a step of its own."""


def step_of(kind: ReminderKind, since: datetime.date, today: datetime.date) -> int | None:
    """Return the last step reached on a day, or None before the first."""
    days = (today - since).days
    if isinstance(today, Asked):
        return days
    return max((step for step in STEPS[kind] if step <= days), default=None)


def _questions(today):
    asked = Sponsorship.objects.filter(status=SponsorshipStatus.CHANGES_REQUESTED)
    return asked.select_related("chair__cluster", "partner")


def _answer(sponsorship, today) -> Iterator[Due]:
    since = timezone.localdate(sponsorship.changes_requested_at)
    if (step := step_of(K.ANSWER, since, today)) is not None:
        readers, link = contacts_of(sponsorship.partner), in_the_file(sponsorship)
        context = _context(sponsorship) | {"day": since}
        yield Due(K.ANSWER, sponsorship.pk, since, step, readers, "answer_partner", link, context)


def _papers(today):
    return Agreement.objects.to_sign().select_related("sponsorship__chair__cluster", "sponsorship__partner")


def _signature(agreement, today) -> Iterator[Due]:
    is_signed = agreement.partner_signed_at is not None
    kind, moment = (K.COUNTERSIGN, agreement.partner_signed_at) if is_signed else (K.SIGN, agreement.issued_at)
    since = timezone.localdate(moment)
    if (step := step_of(kind, since, today)) is None:
        return
    sponsorship = agreement.sponsorship
    context = _context(sponsorship) | {"title": lazy_title(agreement), "day": since}
    if is_signed:
        readers, link = (
            staff(sponsorship.chair.cluster, MANAGERS),
            ("admin:sponsorships_agreement_change", agreement.pk),
        )
        yield Due(kind, agreement.pk, since, step, readers, "countersign_staff", link, context)
    else:
        able = sponsorship.partner.contacts.approved().filter(is_signatory=True)
        readers = User.objects.filter(is_active=True, contacts__in=able)
        link = ("sponsorships:agreement", agreement.reference)
        yield Due(kind, agreement.pk, since, step, readers, "sign_partner", link, context)


def _invoices(today):
    asked = Instalment.objects.invoiced().filter(payable_on__isnull=False)
    return asked.select_related(
        "sponsorship__chair__cluster", "sponsorship__partner", "agreement__managing_institution"
    )


def _payment(instalment, today) -> Iterator[Due]:
    is_late = instalment.payable_on < today
    kind = K.OVERDUE if is_late else K.PAYABLE
    is_fresh = not is_late and not isinstance(today, Asked) and today - instalment.invoiced_on < FRESH
    if is_fresh or (step := step_of(kind, instalment.payable_on, today)) is None:
        return
    sponsorship = instalment.sponsorship
    context = _context(sponsorship) | {
        "instalment": instalment,
        "institution": instalment.agreement.managing_institution,
        "is_gift": sponsorship.regime == Regime.PATRONAGE,
        "left": outstanding(instalment),
        "day": instalment.payable_on,
    }
    said = (kind, instalment.pk, instalment.payable_on, step)
    template = "overdue_partner" if is_late else "payable_partner"
    yield Due(*said, accounts_of(sponsorship.partner), template, in_the_file(sponsorship), context)
    if is_late:
        desk = ("admin:sponsorships_instalment_change", instalment.pk)
        yield Due(*said, staff(sponsorship.chair.cluster, FINANCE), "overdue_staff", desk, context)


def _ending_chairs(today):
    # No reminder about an ended chair: staff have it on their list.
    ending = Chair.objects.filter(status__in=RUNNING_STATUSES, ends_on__gte=today)
    return ending.select_related("cluster")


def _chair_end(chair, today) -> Iterator[Due]:
    if (step := step_of(K.CHAIR_ENDS, chair.ends_on, today)) is not None:
        link = ("admin:chairs_chair_change", chair.pk)
        readers, context = staff(chair.cluster, MANAGERS), {"chair": chair, "day": chair.ends_on}
        yield Due(K.CHAIR_ENDS, chair.pk, chair.ends_on, step, readers, "chair_ends_staff", link, context)


def _awaited_reports(today):
    """Return planned instalments that wait for a report by a day, as long as no report for them was handed in."""
    asked = Instalment.objects.standing().filter(
        status=InstalmentStatus.PLANNED,
        condition=InstalmentCondition.REPORT,
        due_on__isnull=False,
        sponsorship__status=SponsorshipStatus.ACTIVE,
    )
    written = ProgressReport.objects.filter(status__in=[ReportStatus.SUBMITTED, ReportStatus.ACCEPTED])
    asked = asked.exclude(pk__in=written.filter(instalments__isnull=False).values("instalments"))
    on_its_days = written.filter(
        sponsorship=OuterRef("sponsorship"),
        starts_on__lte=OuterRef("report_until"),
        ends_on__gte=OuterRef("report_until"),
    )
    asked = asked.exclude(Exists(on_its_days))
    return asked.select_related("sponsorship__chair__cluster", "sponsorship__partner")


def _report_to_write(instalment, today) -> Iterator[Due]:
    sponsorship = instalment.sponsorship
    if (step := step_of(K.REPORT_DUE, instalment.due_on, today)) is not None:
        readers, link = _authors(sponsorship), in_the_file(sponsorship)
        context = _context(sponsorship) | {"day": instalment.due_on}
        yield Due(K.REPORT_DUE, instalment.pk, instalment.due_on, step, readers, "report_due", link, context)


def _reports_in_hand(today):
    """Return reports sent back that can be handed in again, and reports waiting for the office."""
    is_back = Q(status=ReportStatus.SENT_BACK, sponsorship__status=SponsorshipStatus.ACTIVE)
    reports = ProgressReport.objects.filter(is_back | Q(status=ReportStatus.SUBMITTED))
    return reports.select_related("sponsorship__chair__cluster", "sponsorship__partner")


def _report_in_hand(report, today) -> Iterator[Due]:
    sponsorship, is_back = report.sponsorship, report.status == ReportStatus.SENT_BACK
    kind, moment = (K.REPORT_BACK, report.sent_back_at) if is_back else (K.REPORT_READ, report.submitted_at)
    since = timezone.localdate(moment)
    if (step := step_of(kind, since, today)) is None:
        return
    context = _context(sponsorship) | {"day": since}
    if is_back:
        readers, link = _authors(sponsorship), ("progress:detail", report.reference)
        yield Due(kind, report.pk, since, step, readers, "report_back", link, context)
    else:
        # Nobody may accept their own report.
        readers = staff(sponsorship.chair.cluster, EDITORS).exclude(pk=report.created_by_id)
        link = ("admin:progress_progressreport_change", report.pk)
        yield Due(kind, report.pk, since, step, readers, "report_read_staff", link, context)


def _silent_chairs(today):
    """Return the chairs without last year's report, around its due day."""
    year = year_to_report(today)
    if not -WATCHED_BEFORE <= (today - due_on(year)).days <= WATCHED_AFTER:
        return Chair.objects.none()
    # A report that was sent back has its own kind of reminder.
    back = ChairYearReport.objects.filter(year=year, status=ChairReportStatus.SENT_BACK).order_by().values("chair")
    return missing(year).exclude(pk__in=back).select_related("cluster")


def _year_to_write(chair, today) -> Iterator[Due]:
    year = year_to_report(today)
    since = due_on(year)
    if (step := step_of(K.YEAR_DUE, since, today)) is not None:
        link = ("yearly:report", chair.cluster.slug, chair.slug, year)
        context = {"chair": chair, "year": year, "day": since}
        yield Due(K.YEAR_DUE, chair.pk, since, step, investigators_of_chair(chair), "year_due", link, context)


def _years_in_hand(today):
    """Return yearly reports that were sent back, and those waiting for the office."""
    open_ones = ChairYearReport.objects.filter(status__in=[ChairReportStatus.SENT_BACK, ChairReportStatus.SUBMITTED])
    return open_ones.select_related("chair__cluster")


def _year_in_hand(report, today) -> Iterator[Due]:
    chair, is_back = report.chair, report.status == ChairReportStatus.SENT_BACK
    kind, moment = (K.YEAR_BACK, report.sent_back_at) if is_back else (K.YEAR_READ, report.submitted_at)
    since = timezone.localdate(moment)
    if (step := step_of(kind, since, today)) is None:
        return
    context = {"chair": chair, "year": report.year, "day": since}
    if is_back:
        link = ("yearly:report", chair.cluster.slug, chair.slug, report.year)
        yield Due(kind, report.pk, since, step, investigators_of_chair(chair), "year_back", link, context)
    else:
        # Nobody may accept their own report.
        readers = staff(chair.cluster, EDITORS).exclude(pk=report.created_by_id)
        link = ("admin:yearly_chairyearreport_change", report.pk)
        yield Due(kind, report.pk, since, step, readers, "year_read_staff", link, context)


def _authors(sponsorship):
    """Return the chair's investigators who may write its reports (see `can_report_on`)."""
    return investigators_of(sponsorship).exclude(contacts__in=sponsorship.partner.contacts.approved())


def _context(sponsorship) -> dict:
    return {"sponsorship": sponsorship, "chair": sponsorship.chair, "partner": sponsorship.partner}


# Functions that return querysets of waiting records, each with the one that yields a record's reminders, in the order
# in which mails are sent.
KINDS = (
    (_questions, _answer),
    (_papers, _signature),
    (_invoices, _payment),
    (_ending_chairs, _chair_end),
    (_awaited_reports, _report_to_write),
    (_reports_in_hand, _report_in_hand),
    (_silent_chairs, _year_to_write),
    (_years_in_hand, _year_in_hand),
)
