"""Says when the nightly work is due. `manage.py nightly` does it, called by a timer or by `db_worker --nightly`."""

import datetime

from django.utils import timezone

from core.models.heartbeat import Heartbeat

# After midnight, when yesterday is over.
HOUR = datetime.time(0, 10)
# Longer than a day, so that one failed night or a restarted machine raises no alarm.
MISSED_AFTER = datetime.timedelta(hours=36)


def is_due(now: datetime.datetime | None = None) -> bool:
    """Return whether the work has not been done since it last came due. Several missed nights count as one."""
    done_at = Heartbeat.last(Heartbeat.NIGHTLY)
    return done_at is None or done_at < latest_hour(now)


def latest_hour(now: datetime.datetime | None = None) -> datetime.datetime:
    """Return when the hour last came, by the clock of the place."""
    now = timezone.localtime(now)
    today = timezone.make_aware(datetime.datetime.combine(now.date(), HOUR))
    yesterday = timezone.make_aware(datetime.datetime.combine(now.date() - datetime.timedelta(days=1), HOUR))
    return today if today <= now else yesterday


def is_missing(since: datetime.datetime, at: datetime.datetime | None = None) -> bool:
    """Return whether the work was not done for MISSED_AFTER; before it first was, the time runs from `since`."""
    return (at or timezone.now()) - (Heartbeat.last(Heartbeat.NIGHTLY) or since) > MISSED_AFTER
