"""Judging a report: only the version that was read, and what follows from its acceptance, in its transaction."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from clusters.lifecycle import Refused, perform, verb_performed, why_not
from partners.enums import InstalmentCondition, InstalmentStatus
from partners.models import Instalment, ProgressReport


def waiting_instalments(sponsorship):
    """Return the instalments that an accepted report can make due."""
    standing = Instalment.objects.standing().filter(sponsorship=sponsorship)
    return standing.filter(status=InstalmentStatus.PLANNED, condition=InstalmentCondition.REPORT).order_by("number")


def version(report) -> str:
    """Return which version of a report this is: what is handed in stays as it is until it is sent back."""
    return report.submitted_at.isoformat() if report.submitted_at else ""


@receiver(verb_performed, sender=ProgressReport, dispatch_uid="judge_what_was_read")
def judge_what_was_read(sender, record, verb, details, **kwargs):
    """Refuse where the page that asked showed another version (`details["seen"]`); the row is locked by now."""
    if verb in ("accept", "send_back") and details.get("seen", version(record)) != version(record):
        raise Refused([_("Another version was handed in since you opened this page. It stands below: read it first.")])


@receiver(verb_performed, sender=ProgressReport, dispatch_uid="call_reported_instalments")
def call_due(sender, record, verb, **kwargs):
    """Call due what waited for the report's period, or was named by it, where its own date has come.

    What was planned anew or ended meanwhile waits no longer for anything; what is planned for later, the night calls.
    """
    if verb != "accept":
        return
    for instalment in waiting_instalments(record.sponsorship):
        if not why_not(instalment, "fall_due", None):
            perform(instalment, "fall_due", by=None)
