"""What the worker does for sponsorships every night: what was planned for a date that has come falls due."""

from django_tasks import task

from clusters import nightly
from partners.instalments.calendar import call_due


@task()
def call_instalments_due() -> int:
    """Call due what falls due, and come back tomorrow. Answer how many instalments fell due.

    The next visit is queued first: one that fails, or whose worker dies, is followed by tomorrow's.
    """
    come_back()
    return len(call_due())


def come_back() -> bool:
    """Queue the next visit unless one is waiting. Answer whether it was queued."""
    return nightly.come_back(call_instalments_due)
