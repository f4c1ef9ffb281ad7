"""Data whose retention period is over: listed every night, and erased once staff confirm it."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.primary_keys import any_of
from rights.models import DueErasure
from rights.retention import NOTICE, PERIODS, Period


@transaction.atomic
def list_due(now: datetime.datetime) -> dict[str, int]:
    """List what has become due, and remove what no longer is. Return the number of due records by period."""
    found = {}
    for period in PERIODS:
        due = set(period.due(now - period.period).values_list("pk", flat=True))
        listed = DueErasure.objects.filter(period=period.key)
        known = set(listed.values_list("record", flat=True))
        listed.filter(record__in=any_of(known - due)).delete()
        DueErasure.objects.bulk_create(
            DueErasure(period=period.key, record=pk, listed_at=now) for pk in sorted(due - known)
        )
        found[period.key] = len(due)
    return found


def confirmable(period: Period, now: datetime.datetime | None = None):
    """Return the rows listed long enough ago to be confirmed, oldest first."""
    listed = DueErasure.objects.filter(period=period.key, listed_at__lte=(now or timezone.now()) - NOTICE)
    return listed.order_by("listed_at", "pk")


def confirm_erasure(period: Period, *, by: User) -> tuple[int, list[str]]:
    """Erase what can be confirmed for a period. Return the number erased, and a sentence for each refusal.

    A record that is no longer due, since somebody used it, is only removed from the list.
    """
    now, done, refused = timezone.now(), 0, []
    for line in confirmable(period, now)[: period.at_once]:
        with transaction.atomic():
            record = period.due(now - period.period).filter(pk=line.record).first()
            try:
                if record is not None:
                    period.erase(record, by)
                    done += 1
            except Refused as error:
                refused.append(
                    _("Number %(number)s: %(reasons)s") % {"number": line.record, "reasons": " ".join(error.reasons)}
                )
                continue
            line.delete()
    return done, refused
