"""Who writes progress reports, and who accepts them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.perms import has_led, holds
from clusters.standing_in import both_of
from core.on_behalf import hands_of
from core.writers import hands_of_writers
from partners.perms import is_contact
from progress.models import WORDS, ProgressReport
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
    if authors_of(report) & hands_of(user) or any(holds(sponsorship.chair_id, one) for one in both_of(user)):
        return False
    # Only who ever led the chair can have rewritten the report.
    return not (has_led(sponsorship.chair_id, user) and hands_of_writers(report, WORDS) & hands_of(user))


def authors_of(report: ProgressReport) -> set[int | None]:
    """Return the keys of the accounts that began a report or handed it in."""
    return {report.created_by_id, *(line.by_id for line in report.transitions.all() if line.verb == "submit")}
