"""Send the reminders that are due, once per step and reader."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import Failures
from core.mail.queue import queue_mail
from portal.models import Reminder
from portal.reminders.due import Due, waiting


def remind(today: datetime.date | None = None) -> list[Reminder]:
    """Send every reminder that is due, and return those sent. A second call on the same day sends none.

    A failure does not stop the others: ExceptionGroup is raised once all have been tried. The next day tries again.
    """
    told, failures = [], Failures("A reminder failed.")
    for record, find in waiting(today or timezone.localdate()):
        with failures.kept(f"{record._meta.label} {record.pk}"):
            for one in find():
                told += tell_all(one, failures)
    failures.raise_all()
    return told


def tell_all(one: Due, failures: Failures, besides: User | None = None) -> list[Reminder]:
    """Send a reminder to all its readers, except the person `besides` who asked for it. Return the new reminders."""
    told = []
    readers = {reader.pk: reader for reader in one.readers if besides is None or reader.pk != besides.pk}
    for reader in readers.values():
        with failures.kept(f"{one.kind} {one.record}, account {reader.pk}"):
            told.append(_tell(one, reader, besides))
    return [reminder for reminder in told if reminder is not None]


@transaction.atomic
def _tell(one: Due, reader: User, by: User | None) -> Reminder | None:
    """Save the reminder together with its mail. Of two concurrent workers, the unique constraint lets one succeed."""
    reminder, is_new = Reminder.objects.get_or_create(
        kind=one.kind, record=one.record, since=one.since, step=one.step, user=reader, defaults={"by": by}
    )
    if not is_new:
        return None
    queue_mail(reader, f"reminders/{one.template}", one.context, link=one.link)
    return reminder
