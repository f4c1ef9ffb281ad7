"""Tells people what is due, once a step each."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.mail import queue_mail
from accounts.models import User
from partners.models import Reminder
from partners.reminders.due import Due, due


def remind(today: datetime.date | None = None) -> list[Reminder]:
    """Remind everybody of what is due. Answer the reminders that this visit sent; a second visit sends none."""
    told = []
    for one in due(today or timezone.localdate()):
        for reader in {reader.pk: reader for reader in one.readers}.values():
            if reminder := _tell(one, reader):
                told.append(reminder)
    return told


@transaction.atomic
def _tell(one: Due, reader: User) -> Reminder | None:
    """Write the reminder and its mail together, or neither. Of two workers, the constraint lets one through."""
    reminder, is_new = Reminder.objects.get_or_create(
        kind=one.kind, record=one.record, since=one.since, step=one.step, user=reader
    )
    if not is_new:
        return None
    queue_mail(reader, f"reminders/{one.template}", one.context, link=one.link)
    return reminder
