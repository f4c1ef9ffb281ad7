"""Who writes progress reports, and who accepts them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.perms import holds
from clusters.standing_in import both_of
from core.on_behalf import hands_of
from partners.perms import is_contact
from progress.models import ProgressReport
from sponsorships.models import Sponsorship
from sponsorships.perms import can_review

REPORTING = _("The chair's investigators write its reports, unless they act for the partner.")
JUDGING = _(
    "Editors and managers of the chair's cluster accept its reports or send them back, but not their own: not one "
    "that they wrote or handed in, nor one of a chair that they lead, nor one to a partner that they act for."
)


def can_report_on(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may write reports: the chair's present investigators, except contacts of the partner."""
    is_theirs = holds(sponsorship.chair_id, user)
    return is_theirs and not is_contact(sponsorship.partner, user)


def can_write_report(report: ProgressReport, user: User) -> bool:
    """Return whether the user may write and submit a report (see `can_report_on`)."""
    return can_report_on(report.sponsorship, user)


def can_judge_report(report: ProgressReport, user: User) -> bool:
    """Return whether the user may accept a report or send it back: editors and managers of the chair's cluster.

    Not those who wrote or submitted it, who lead the chair, or who are contacts of the partner: an investigator may
    have rewritten a colleague's draft, and a contact would accept a report to themselves.
    """
    sponsorship = report.sponsorship
    if not can_review(sponsorship, user) or any(is_contact(sponsorship.partner, one) for one in both_of(user)):
        return False
    handed_in_by = {line.by_id for line in report.transitions.all() if line.verb == "submit"}
    is_theirs = bool({report.created_by_id, *handed_in_by} & hands_of(user))
    return not is_theirs and not any(holds(sponsorship.chair_id, one) for one in both_of(user))
