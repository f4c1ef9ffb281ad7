"""What the worker does for chairs every night. docs/composition.md says how it keeps itself going."""

import datetime

from django.utils import timezone
from django_tasks import TaskResultStatus, task

from chairs.conformity import review_all

# After midnight, when an appointment that ended yesterday no longer counts.
HOUR = datetime.time(0, 10)


@task()
def review_compositions() -> int:
    """Review every chair, and come back tomorrow. Answer how many chairs changed.

    The next visit is queued first: a review that fails, or whose worker dies, is followed by tomorrow's.
    """
    come_back()
    return len(review_all())


def come_back() -> bool:
    """Queue the next visit unless one is waiting. Answer whether it was queued.

    Two workers may each queue one at the same moment: of the two, only one queues another. A review that was due while
    no worker ran is done by the first that starts. A backend that runs tasks at once, as in tests, cannot wait.
    """
    if not review_compositions.get_backend().supports_defer or is_waiting():
        return False
    review_compositions.using(run_after=next_visit()).enqueue()
    return True


def is_waiting() -> bool:
    from django_tasks_db.models import DBTaskResult  # only where tasks are kept in the database

    waiting = DBTaskResult.objects.filter(task_path=review_compositions.module_path, status=TaskResultStatus.READY)
    return waiting.exists()


def next_visit(now: datetime.datetime | None = None) -> datetime.datetime:
    """Answer tomorrow's hour, by the clock of the place."""
    tomorrow = timezone.localdate(now) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, HOUR))
