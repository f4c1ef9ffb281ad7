"""The verbs of a sponsorship, from the draft to its completion. docs/permissions.md has the table of who may run them."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.models import Activity, Chair
from core.exceptions import Refused
from core.verbs import NOW, lock_row, verb
from sponsorships import perms
from sponsorships.accounting.promises import restate, running_since
from sponsorships.enums import SponsorshipStatus as S
from sponsorships.models import Sponsorship
from sponsorships.notifications import TOLD_OF, tell_of
from sponsorships.proposals.authorship import take_over
from sponsorships.proposals.conditions import (
    acceptance_obstacles,
    activation_obstacles,
    completion_obstacles,
    conflict_obstacles,
    counterparts_obstacles,
    revision_obstacles,
    submission_obstacles,
    withdrawal_obstacles,
)
from sponsorships.proposals.remarks import keep_remarks
from sponsorships.proposals.submissions import keep_submission

# By default, no remarks on fields.
NO_REMARKS: Mapping[str, str] = {}


def _lock_with_rivals(sponsorship: Sponsorship) -> Sponsorship:
    """Lock the sponsorship, then its chair and activity, which competing sponsorships lock too."""
    current = lock_row(sponsorship)
    # Two competing acceptances in a chair must check exclusivity one after the other, whatever their activities.
    # `no_key` does not block inserts that only reference the chair, such as new proposals.
    Chair.objects.select_for_update(no_key=True).get(pk=current.chair_id)
    if current.activity_id:
        # Two acceptances on one activity must check its remaining money one after the other.
        Activity.objects.select_for_update().get(pk=current.activity_id)
    return current


@verb(
    Sponsorship,
    from_=S.DRAFT,
    to=S.SUBMITTED,
    label=_("Send the proposal"),
    done=_("sent"),
    stamps="submitted_at",
    may=perms.can_propose,
    who=perms.PROPOSING,
    unless=[submission_obstacles],
    tells=TOLD_OF["submit"],
)
def submit(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Send the proposal to the cluster's staff."""
    take_over(sponsorship, by, is_logged=False)
    keep_submission(sponsorship, by=by, at=at)
    restate(sponsorship, at=at)
    tell_of(submit, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=S.CHANGES_REQUESTED,
    to=S.IN_REVIEW,
    label=_("Send the revised proposal"),
    done=_("revised and sent again"),
    stamps="review_started_at",
    may=perms.can_propose,
    who=perms.PROPOSING,
    unless=[revision_obstacles],
    tells=TOLD_OF["resubmit"],
)
def resubmit(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Send the revised proposal after a request for changes."""
    take_over(sponsorship, by, is_logged=False)
    keep_submission(sponsorship, by=by, at=at)
    restate(sponsorship, at=at)
    tell_of(resubmit, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=S.SUBMITTED,
    to=S.IN_REVIEW,
    label=_("Start the review"),
    done=_("review started"),
    stamps="review_started_at",
    may=perms.can_review,
    who=_("Editors and managers of the chair's cluster review its sponsorships."),
    tells=TOLD_OF["review"],
)
def review(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Start the review."""
    restate(sponsorship, at=at)
    tell_of(review, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=S.IN_REVIEW,
    to=S.CHANGES_REQUESTED,
    label=_("Request changes"),
    done=_("sent back with questions"),
    stamps="changes_requested_at",
    may=perms.can_review,
    who=_("Editors and managers of the chair's cluster ask for changes."),
    needs_note=True,
    tells=TOLD_OF["request_changes"],
)
def request_changes(
    sponsorship: Sponsorship,
    *,
    by: User | None,
    note: str = "",
    at: datetime = NOW,
    remarks: Mapping[str, str] = NO_REMARKS,
) -> None:
    """Ask the partner to revise the proposal; the note says what to change, `remarks` what to change in each field."""
    keep_remarks(sponsorship, remarks)
    restate(sponsorship, at=at)
    tell_of(request_changes, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=S.IN_REVIEW,
    to=S.ACCEPTED,
    label=_("Accept"),
    done=_("accepted"),
    stamps="accepted_at",
    may=perms.can_accept,
    who=perms.ACCEPTING,
    unless=[acceptance_obstacles, conflict_obstacles],
    locks=_lock_with_rivals,
    tells=TOLD_OF["accept"],
)
def accept(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Accept the money for the chair, never beyond the activity's target."""
    restate(sponsorship, on=running_since(sponsorship), at=at)
    tell_of(accept, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=[S.SUBMITTED, S.IN_REVIEW, S.CHANGES_REQUESTED, S.ACCEPTED],
    to=S.DECLINED,
    label=_("Decline"),
    done=_("declined"),
    stamps="declined_at",
    may=perms.can_decide,
    who=perms.DECIDING,
    unless=[withdrawal_obstacles],
    needs_note=True,
    tells=TOLD_OF["decline"],
)
def decline(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Decline the proposal, with the reason in the note; also after acceptance, until an agreement is in force."""
    restate(sponsorship, on=running_since(sponsorship), at=at)
    tell_of(decline, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=[S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.CHANGES_REQUESTED, S.ACCEPTED],
    to=S.WITHDRAWN,
    label=_("Withdraw"),
    done=_("withdrawn"),
    stamps="withdrawn_at",
    may=perms.can_withdraw,
    who=perms.WITHDRAWING,
    unless=[withdrawal_obstacles],
    tells=TOLD_OF["withdraw"],
)
def withdraw(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Withdraw the proposal; also after acceptance, until an agreement is in force."""
    take_over(sponsorship, by, is_logged=False)
    restate(sponsorship, on=running_since(sponsorship), at=at)
    tell_of(withdraw, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=S.ACCEPTED,
    to=S.ACTIVE,
    label=_("Start"),
    done=_("started"),
    stamps="activated_at",
    may=perms.can_decide,
    who=perms.RUNNING,
    unless=[activation_obstacles, counterparts_obstacles],
    tells=TOLD_OF["activate"],
)
def activate(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Start the sponsorship: its agreement is in force and the research begins."""
    restate(sponsorship, at=at)
    tell_of(activate, sponsorship, by=by, note=note)


@verb(
    Sponsorship,
    from_=S.ACTIVE,
    to=S.COMPLETED,
    label=_("Complete"),
    done=_("completed"),
    stamps="completed_at",
    may=perms.can_decide,
    who=perms.RUNNING,
    unless=[completion_obstacles],
    tells=TOLD_OF["complete"],
)
def complete(sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Complete the sponsorship: the research is done and every instalment is settled."""
    restate(sponsorship, at=at)
    tell_of(complete, sponsorship, by=by, note=note)


def _end_on(sponsorship: Sponsorship, day: date, *, today: date) -> None:
    """End it on a day and drop the uninvoiced instalments. Raise Refused for a future day or one before acceptance."""
    if day > today:
        raise Refused([_t("The end cannot be in the future: come back on that day.")])
    if day < timezone.localdate(sponsorship.accepted_at or sponsorship.submitted_at):
        raise Refused([_t("The end cannot be before the sponsorship was accepted.")])
    sponsorship.instalments.standing().uninvoiced().update(superseded_on=day)
    sponsorship.terminated_on = day


@verb(
    Sponsorship,
    from_=S.ACTIVE,
    to=S.TERMINATED,
    label=_("End early"),
    done=_("ended early"),
    stamps="terminated_at",
    may=perms.can_decide,
    who=perms.RUNNING,
    needs_note=True,
    tells=TOLD_OF["terminate"],
)
def terminate(
    sponsorship: Sponsorship, *, by: User | None, note: str = "", at: datetime = NOW, on: date | None = None
) -> None:
    """End the sponsorship early, with the reason in the note; uninvoiced instalments are no longer expected."""
    day = on or timezone.localdate(at)
    _end_on(sponsorship, day, today=timezone.localdate(at))
    restate(sponsorship, on=day, at=at)
    tell_of(terminate, sponsorship, by=by, note=note)
