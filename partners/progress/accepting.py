"""What follows from an accepted report, in its transaction: the instalments that it names fall due."""

from django.dispatch import receiver

from clusters.lifecycle import perform, verb_performed, why_not
from partners.enums import InstalmentCondition, InstalmentStatus
from partners.models import Instalment, ProgressReport


def waiting_instalments(sponsorship):
    """Answer the instalments that an accepted report can make due."""
    standing = Instalment.objects.standing().filter(sponsorship=sponsorship)
    return standing.filter(status=InstalmentStatus.PLANNED, condition=InstalmentCondition.REPORT).order_by("number")


@receiver(verb_performed, sender=ProgressReport, dispatch_uid="call_reported_instalments")
def call_due(sender, record, verb, **kwargs):
    """Call due what the report names; what was planned anew or ended meanwhile waits no longer for anything."""
    if verb != "accept":
        return
    named = waiting_instalments(record.sponsorship).filter(reports=record)
    for instalment in named:
        if not why_not(instalment, "fall_due", None):
            perform(instalment, "fall_due", by=None)
