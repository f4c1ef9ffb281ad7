"""The verbs of yearly reports. docs/permissions.md has the table of who may run them."""

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from chairs.perms import holds
from core.exceptions import Refused
from core.verbs import NOW, verb
from yearly import perms
from yearly.conditions import acceptance_obstacles, submission_obstacles
from yearly.content import FROZEN
from yearly.enums import ChairReportStatus as S
from yearly.enums import YearReportStatus
from yearly.facts import count_facts
from yearly.models import ChairYearReport, YearReport
from yearly.notifications import TOLD_OF, tell_of


def version(report: ChairYearReport) -> str:
    """Return the version of a report: the moment of submission. A submitted version is fixed until it is sent back."""
    return report.submitted_at.isoformat() if report.submitted_at else ""


def _refuse_unseen(report: ChairYearReport, seen: str | None) -> None:
    """Raise Refused if the user's page showed another version; call it after locking the row."""
    if seen is not None and seen != version(report):
        raise Refused([_t("Another version was handed in since you opened this page. It stands below: read it first.")])


@verb(
    ChairYearReport,
    from_=[S.DRAFT, S.SENT_BACK],
    to=S.SUBMITTED,
    label=_("Hand in"),
    done=_("handed in"),
    stamps="submitted_at",
    may=perms.can_write,
    who=perms.REPORTING,
    unless=[submission_obstacles],
    is_of_one_moment=True,
    tells=TOLD_OF["submit"],
)
def submit(report: ChairYearReport, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Submit the report to the cluster's staff, with the figures of this moment."""
    report.facts = count_facts(report.chair, report.year)
    if by is not None and not holds(report.chair_id, by):
        line = report.transitions.filter(verb="submit").last()
        report.transitions.filter(pk=line.pk).update(on_behalf=True)
    tell_of(submit, report, by=by, note=note)


@verb(
    ChairYearReport,
    from_=S.SUBMITTED,
    to=S.SENT_BACK,
    label=_("Send back"),
    done=_("sent back"),
    stamps="sent_back_at",
    may=perms.can_review,
    who=perms.REVIEWING,
    needs_note=True,
    tells=TOLD_OF["send_back"],
)
def send_back(
    report: ChairYearReport, *, by: User | None, seen: str | None = None, note: str = "", at: datetime = NOW
) -> None:
    """Ask for another version; the note says what is missing."""
    _refuse_unseen(report, seen)
    tell_of(send_back, report, by=by, note=note)


@verb(
    ChairYearReport,
    from_=S.SUBMITTED,
    to=S.ACCEPTED,
    label=_("Accept"),
    done=pgettext_lazy("report", "accepted"),
    stamps="accepted_at",
    may=perms.can_accept,
    who=perms.ACCEPTING,
    tells=TOLD_OF["accept"],
)
def accept(
    report: ChairYearReport, *, by: User | None, seen: str | None = None, note: str = "", at: datetime = NOW
) -> None:
    """Accept the report: its texts become part of the cluster's report of the year."""
    _refuse_unseen(report, seen)
    tell_of(accept, report, by=by, note=note)


@verb(
    YearReport,
    from_=YearReportStatus.DRAFT,
    to=YearReportStatus.ACCEPTED,
    label=_("Accept and freeze"),
    done=_("accepted and frozen"),
    stamps="accepted_at",
    # Saved together with the status: a constraint requires both.
    sets=FROZEN,
    may=perms.can_freeze,
    who=perms.FREEZING,
    unless=[acceptance_obstacles],
    is_of_one_moment=True,
)
def freeze(report: YearReport, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Freeze the report as it is, with its two dates, for good."""
