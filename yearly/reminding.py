"""Staff remind a chair's investigators of its yearly report, at most once a day."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.models import Chair
from chairs.notifications import investigators_of
from core.exceptions import Refused
from core.mail.queue import queue_mails
from yearly.chair_years import missing
from yearly.deadlines import due_on
from yearly.models import ReportReminder


def why_not_remind(chair: Chair, year: int) -> list[str]:
    """Return why no reminder can be sent now, or an empty list."""
    if not missing(year).filter(pk=chair.pk).exists():
        return [_("Nobody waits for this report: it is handed in, or the chair did not run in that year.")]
    today = timezone.localdate()
    if any(timezone.localdate(one.at) == today for one in ReportReminder.objects.filter(chair=chair, year=year)[:1]):
        return [_("They have already been reminded today.")]
    if not investigators_of(chair).exists():
        return [_("None of the chair’s investigators has an account: the office fills the report in on their behalf.")]
    return []


@transaction.atomic
def remind(chair: Chair, year: int, *, by: User) -> list[User]:
    """Send the reminder. Return its receivers. Raise Refused with the reasons, before doing anything."""
    # A concurrent reminder waits here, and then finds the row of the first one.
    current = Chair.objects.select_for_update().get(pk=chair.pk)
    if reasons := why_not_remind(current, year):
        raise Refused(reasons)
    readers = list(investigators_of(current))
    ReportReminder.objects.create(chair=current, year=year, by=by)
    link = ("yearly:report", chair.cluster.slug, chair.slug, year)
    queue_mails(readers, "reminders/year_due", {"chair": current, "year": year, "day": due_on(year)}, link=link)
    return readers
