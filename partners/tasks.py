"""What the worker does for sponsorships every night: what is planned falls due, and people are reminded of what is."""

from django_tasks import task

from accounts.digests import send_digests
from clusters import nightly
from partners.instalments.calendar import call_due
from partners.reminders.telling import remind


@task()
def call_instalments_due() -> int:
    """Call due what falls due, and come back tomorrow. Return how many instalments fell due.

    The next visit is queued first: one that fails, or whose worker dies, is followed by tomorrow's.
    """
    come_back()
    return len(call_due())


def come_back() -> bool:
    """Queue the next visit unless one is waiting. Return whether it was queued."""
    return nightly.come_back(call_instalments_due)


@task()
def send_reminders() -> int:
    """Remind people of what is due, then send the daily mails; come back tomorrow. Return the number of reminders.

    The daily mails leave even where a reminder fails: they hold what others wrote.
    """
    come_back_to_remind()
    try:
        return len(remind())
    finally:
        send_digests()


def come_back_to_remind() -> bool:
    """Queue the next visit unless one is waiting. Return whether it was queued."""
    return nightly.come_back(send_reminders)
