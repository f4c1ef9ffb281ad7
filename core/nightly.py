"""When the nightly work is due. `manage.py nightly` does it, started by a timer or by `db_worker --nightly`."""

import datetime

from django.utils import timezone

from core.models.heartbeat import Heartbeat

# After midnight, when yesterday is over.
HOUR = datetime.time(0, 10)
# More than a day, so that one failed night or a restart raises no alarm.
MISSED_AFTER = datetime.timedelta(hours=36)


def is_due(now: datetime.datetime | None = None) -> bool:
    """Return whether the work has not been done since it was last due. Several missed nights count as one."""
    done_at = Heartbeat.last(Heartbeat.NIGHTLY)
    return done_at is None or done_at < latest_hour(now)


def latest_hour(now: datetime.datetime | None = None) -> datetime.datetime:
    """Return the last time that it was HOUR, in the site's time zone."""
    now = timezone.localtime(now)
    today = timezone.make_aware(datetime.datetime.combine(now.date(), HOUR))
    yesterday = timezone.make_aware(datetime.datetime.combine(now.date() - datetime.timedelta(days=1), HOUR))
    return today if today <= now else yesterday


def is_missing(since: datetime.datetime, at: datetime.datetime | None = None) -> bool:
    """Return whether the work was not done for MISSED_AFTER. If it was never done, the time counts from `since`."""
    return (at or timezone.now()) - (Heartbeat.last(Heartbeat.NIGHTLY) or since) > MISSED_AFTER
