"""Tells people what is due, once a step each."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import Failures
from core.mail.queue import queue_mail
from portal.models import Reminder
from portal.reminders.due import Due, waiting


def remind(today: datetime.date | None = None) -> list[Reminder]:
    """Remind everybody of what is due. Return the reminders that this visit sent; a second visit sends none.

    A failure does not stop the others: ExceptionGroup is raised once all have been tried. It is tried again tomorrow.
    """
    told, failures = [], Failures("A reminder failed.")
    for record, find in waiting(today or timezone.localdate()):
        with failures.kept(f"{record._meta.label} {record.pk}"):
            for one in find():
                told += tell_all(one, failures)
    failures.raise_all()
    return told


def tell_all(one: Due, failures: Failures, besides: User | None = None) -> list[Reminder]:
    """Remind everybody whom it concerns, but not who asks for it. Return the reminders that are new."""
    told = []
    readers = {reader.pk: reader for reader in one.readers if besides is None or reader.pk != besides.pk}
    for reader in readers.values():
        with failures.kept(f"{one.kind} {one.record}, account {reader.pk}"):
            told.append(_tell(one, reader, besides))
    return [reminder for reminder in told if reminder is not None]


@transaction.atomic
def _tell(one: Due, reader: User, by: User | None) -> Reminder | None:
    """Write the reminder and its mail together, or neither. Of two workers, the constraint lets one through."""
    reminder, is_new = Reminder.objects.get_or_create(
        kind=one.kind, record=one.record, since=one.since, step=one.step, user=reader, defaults={"by": by}
    )
    if not is_new:
        return None
    queue_mail(reader, f"reminders/{one.template}", one.context, link=one.link)
    return reminder
