"""Tasks that the worker does every night and that keep themselves going. docs/composition.md says how."""

import datetime

from django.utils import timezone
from django_tasks import TaskResultStatus

# After midnight, when yesterday is over.
HOUR = datetime.time(0, 10)


def come_back(task) -> bool:
    """Queue the task's next visit unless one is waiting. Return whether it was queued.

    Two workers may each queue one at the same moment: of the two, only one queues another. A visit that was due while
    no worker ran is made by the first that starts. A backend that runs tasks at once, as in tests, cannot wait.
    """
    if not task.get_backend().supports_defer or is_waiting(task):
        return False
    task.using(run_after=next_visit()).enqueue()
    return True


def is_waiting(task) -> bool:
    from django_tasks_db.models import DBTaskResult  # only where tasks are kept in the database

    return DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY).exists()


def next_visit(now: datetime.datetime | None = None) -> datetime.datetime:
    """Return tomorrow's hour, by the clock of the place."""
    tomorrow = timezone.localdate(now) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, HOUR))
