"""Reminders that staff send at once: the same mail as the daily run's, to the same people, at most once a day."""

import datetime
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Failures
from core.exceptions import Refused
from core.mail.queue import worded
from portal.enums import ReminderKind
from portal.models import Reminder
from portal.reminders.due import KINDS, Asked, Due
from portal.reminders.sending import tell_all

# The kinds of reminders about a record, by its model's label.
KINDS_OF = {
    "chairs.chair": [ReminderKind.CHAIR_ENDS, ReminderKind.YEAR_DUE],
    "sponsorships.sponsorship": [ReminderKind.ANSWER],
    "sponsorships.agreement": [ReminderKind.SIGN, ReminderKind.COUNTERSIGN],
    "sponsorships.instalment": [ReminderKind.PAYABLE, ReminderKind.OVERDUE, ReminderKind.REPORT_DUE],
    "progress.progressreport": [ReminderKind.REPORT_BACK, ReminderKind.REPORT_READ],
    "yearly.chairyearreport": [ReminderKind.YEAR_BACK, ReminderKind.YEAR_READ],
}


@dataclass(frozen=True)
class Shown:
    """A reminder as its first reader will see it, and all its readers."""

    readers: list[User]
    subject: str
    body: str


def asked_of(record, today: datetime.date | None = None) -> list[Due]:
    """Return the reminders that can be sent about a record today, whatever their step."""
    day = Asked.fromordinal((today or timezone.localdate()).toordinal())
    found = []
    for records, due_of in KINDS:
        waiting = records(day)
        if waiting.model is type(record) and (one := waiting.filter(pk=record.pk).first()):
            found += due_of(one, day)
    return found


def shown(due: Due, by: User) -> Shown | None:
    """Return the mail as its first reader will see it; None if the sender would be the only reader."""
    readers = [reader for reader in due.readers if reader.pk != by.pk]
    if not readers:
        return None
    with translation.override(readers[0].language):
        subject, body = worded(readers[0], f"reminders/{due.template}", due.context)
    return Shown(readers, subject, body)


def remind_now(record, *, by: User) -> list[Reminder]:
    """Send the reminders about a record, and return them. Raise Refused if everybody was reminded today already."""
    failures = Failures("A reminder failed.")
    sent = [one for due in asked_of(record) for one in tell_all(due, failures, besides=by)]
    failures.raise_all()
    if not sent:
        raise Refused([_("Everybody whom this concerns was reminded today already.")])
    return sent


def last_reminder(record) -> Reminder | None:
    """Return the latest reminder about a record to any reader, or None."""
    kinds = KINDS_OF[record._meta.label_lower]
    return (
        Reminder.objects.filter(kind__in=kinds, record=record.pk).select_related("user", "by", "on_behalf_of").first()
    )
