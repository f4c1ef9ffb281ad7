"""The verbs of a progress report. docs/permissions.md has the table of who may run them."""

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.exceptions import Refused
from core.verbs import NOW, verb
from progress import perms
from progress.acceptance import version, waiting_instalments
from progress.conditions import submission_obstacles
from progress.enums import ReportStatus as S
from progress.models import ProgressReport
from progress.notifications import TOLD_OF, tell_of
from sponsorships.accounting.verbs import fall_due


def _refuse_unseen(report: ProgressReport, seen: str | None) -> None:
    """Raise Refused if the user's page showed another version; call it after locking the row."""
    if seen is not None and seen != version(report):
        raise Refused([_t("Another version was handed in since you opened this page. It stands below: read it first.")])


@verb(
    ProgressReport,
    from_=[S.DRAFT, S.SENT_BACK],
    to=S.SUBMITTED,
    label=_("Hand in"),
    done=_("handed in"),
    stamps="submitted_at",
    may=perms.can_write_report,
    who=perms.REPORTING,
    unless=[submission_obstacles],
    tells=TOLD_OF["submit"],
)
def submit(report: ProgressReport, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Submit the report to the cluster's staff."""
    tell_of(submit, report, by=by, note=note)


@verb(
    ProgressReport,
    from_=S.SUBMITTED,
    to=S.SENT_BACK,
    label=_("Send back"),
    done=_("sent back"),
    stamps="sent_back_at",
    may=perms.can_judge_report,
    who=perms.JUDGING,
    needs_note=True,
    tells=TOLD_OF["send_back"],
)
def send_back(
    report: ProgressReport, *, by: User | None, seen: str | None = None, note: str = "", at: datetime = NOW
) -> None:
    """Ask for another version; the note says what is missing."""
    _refuse_unseen(report, seen)
    tell_of(send_back, report, by=by, note=note)


@verb(
    ProgressReport,
    from_=S.SUBMITTED,
    to=S.ACCEPTED,
    label=_("Accept"),
    done=pgettext_lazy("report", "accepted"),
    stamps="accepted_at",
    may=perms.can_judge_report,
    who=perms.JUDGING,
    tells=TOLD_OF["accept"],
)
def accept(
    report: ProgressReport, *, by: User | None, seen: str | None = None, note: str = "", at: datetime = NOW
) -> None:
    """Accept the report: the partner can read it, and the instalments that depend on it fall due."""
    _refuse_unseen(report, seen)
    # Only those whose date has come: the nightly job handles the later ones.
    for instalment in waiting_instalments(report.sponsorship):
        if not fall_due.why_not(instalment, None):
            fall_due(instalment, by=None)
    tell_of(accept, report, by=by, note=note)
