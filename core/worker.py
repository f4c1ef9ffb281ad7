"""The task worker: django_tasks_db's, except that it survives outages of its database and leaves signs of life.

The library's worker ends at the first database error, and its task stays marked as running forever. This one waits and
goes on, as the web processes do. It repeats the task that the outage interrupted, and tasks whose worker was killed: our
tasks may run twice.

While a worker runs a task it keeps updating `started_at`, so that other workers see that it is alive.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core import nightly
from core.models.heartbeat import Heartbeat
from core.outages import OUTAGES

logger = logging.getLogger(__name__)

# Seconds between two tries while the database is down: doubled each time, up to the maximum.
FIRST_WAIT, MAX_WAIT = 1, 30
# The interval of signs of life, in seconds, and the time after which a worker counts as missing.
BEAT_EVERY = 60
MISSED_AFTER = timedelta(minutes=10)
# Failed nightly work is tried again after this many seconds, until it is done.
TRY_NIGHTLY_AGAIN_AFTER = 3600
# A task that failed because of an outage is tried again after this time, up to MAX_TRIES in all.
TRY_AGAIN_AFTER = timedelta(minutes=1)
MAX_TRIES = 10
# A task whose worker was killed runs again: at once if that is known, or after this many seconds without a sign of life. A task that
# kills MAX_DEATHS workers is given up.
TAKEN_UP_AFTER = 5 * BEAT_EVERY
MAX_DEATHS = 3


class WorkerDied(Exception):
    """Recorded as the failure of a task whose workers were killed, one after another."""


class PatientWorker(Worker):
    def __init__(self, is_nightly: bool = False, **options: Any) -> None:
        super().__init__(**options)
        # Stored with each task. With host and process id, other workers on the host can see that it is dead.
        self.worker_id = f"{socket.gethostname()}:{os.getpid()}:{self.worker_id}"
        self.is_nightly, self.last_night = is_nightly, float("-inf")
        # The library's loop runs as a batch, until there are no tasks; the waiting is done in `run`.
        self.ends_when_done, self.batch = self.batch, True
        self.interrupted: DBTaskResult[..., Any] | None = None
        self.last_beat = float("-inf")
        self.watch = Watch(self.worker_id)

    def configure_signals(self) -> None:
        """Also end in order when the terminal is closed. `manage.py` would raise SystemExit, as a failure of the task."""
        super().configure_signals()
        # `nohup` has the worker go on.
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self.shutdown)

    def run(self) -> None:
        wait = FIRST_WAIT
        while self.running:
            try:
                self.work_off()
            except (DatabaseError, InterfaceError) as error:
                if self.ends_when_done:
                    raise
                if wait == FIRST_WAIT:
                    logger.error("The worker waits for its database: %s", error)
                connections.close_all()
                # Start anew, because other workers could leave no sign of life either.
                self.watch = Watch(self.worker_id)
                time.sleep(wait)
                wait = min(2 * wait, MAX_WAIT)
                continue
            if wait > FIRST_WAIT:
                logger.error("The worker has its database again.")
                wait = FIRST_WAIT
            if self.ends_when_done or self.has_done_its_share():
                return
            if self.running:
                time.sleep(self.interval)

    def work_off(self) -> None:
        """Run every ready task, after putting back the one that an outage interrupted; then the nightly work, if due."""
        self.beat()
        if self.interrupted:
            put_back(self.interrupted)
            self.interrupted = None
        super().run()
        self.startup_delay = False
        if self.is_nightly:
            self.do_nightly_work()

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        self.beat()
        self.interrupted = db_task_result
        # Raises if the result of the task cannot be written.
        with signs_of_life(db_task_result):
            super().run_task(db_task_result)
        self.interrupted = None
        if db_task_result.status == TaskResultStatus.FAILED and db_task_result.exception_class_path in OUTAGES:
            put_back(db_task_result)

    def do_nightly_work(self) -> None:
        """Do the nightly work if it is due, even if no worker was running at its hour."""
        if time.monotonic() - self.last_night < TRY_NIGHTLY_AGAIN_AFTER or not nightly.is_due():
            return
        self.last_night, self.running_task = time.monotonic(), True
        try:
            with signs_of_life():
                call_command("nightly", verbosity=0)
        except CommandError as error:
            logger.error("%s", error)
        finally:
            self.running_task = False

    def has_done_its_share(self) -> bool:
        return self.max_tasks is not None and self._run_tasks >= self.max_tasks

    def beat(self) -> None:
        """Leave a sign of life, and take up tasks of dead workers, at most once per BEAT_EVERY."""
        if time.monotonic() - self.last_beat >= BEAT_EVERY:
            Heartbeat.leave(Heartbeat.WORKERS)
            self.last_beat = time.monotonic()
            self.watch.take_up_what_was_left()


@contextmanager
def signs_of_life(task: DBTaskResult[..., Any] | None = None) -> Iterator[None]:
    """Leave signs of life for this worker, and for the task, from a thread as long as the block runs."""
    has_ended = threading.Event()
    thread = threading.Thread(target=_give_signs, args=(has_ended, task), daemon=True)
    thread.start()
    try:
        yield
    finally:
        has_ended.set()
        thread.join()


def _give_signs(has_ended: threading.Event, task: DBTaskResult[..., Any] | None) -> None:
    while not has_ended.wait(BEAT_EVERY):
        try:
            Heartbeat.leave(Heartbeat.WORKERS)
            if task is not None:
                # Unless another worker has taken it up.
                own = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
                own.filter(worker_ids=task.worker_ids).update(started_at=timezone.now())
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The worker could not say that it lives: %s", str(error).strip())
        finally:
            # Those of this thread.
            connections.close_all()


class Watch:
    """When this worker last saw a sign of life of each running task of the others.

    It uses its own clock, because those of two machines differ. It starts anew after an outage, because nobody can leave a
    sign while the database is down.
    """

    def __init__(self, own_id: str) -> None:
        self.own_id = own_id
        self.still_since: dict[tuple[UUID, datetime | None], float] = {}

    def take_up_what_was_left(self) -> None:
        """Make the tasks of killed workers ready again; give up a task that has killed several workers."""
        running = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
        now = time.monotonic()
        self.still_since = {
            (task.pk, task.started_at): self.still_since.get((task.pk, task.started_at), now) for task in running
        }
        for task in running:
            other_id = task.worker_ids[-1]
            is_silent = now - self.still_since[task.pk, task.started_at] >= TAKEN_UP_AFTER
            if other_id != self.own_id and (is_silent or is_no_more(other_id)):
                _take_up(task)


def _take_up(task: DBTaskResult[..., Any]) -> None:
    # Unless it has ended or left a sign of life since, or another worker was faster.
    left = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    if len(task.worker_ids) < MAX_DEATHS:
        logger.error("The worker of a task was killed. The task is done again.")
        left.update(status=TaskResultStatus.READY, started_at=None)
    else:
        logger.error("A task is given up, at which %d workers were killed.", MAX_DEATHS)
        died = f"{WorkerDied.__module__}.{WorkerDied.__qualname__}"
        left.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path=died)


def is_no_more(worker_id: str) -> bool:
    """Return whether a worker ran on this machine and its process no longer exists."""
    host, _colon, rest = worker_id.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    if int(pid) == os.getpid():  # an earlier process had our id, as the first one in a container does
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def put_back(task: DBTaskResult[..., Any]) -> None:
    """Make a task that an outage interrupted ready again, unless it has had MAX_TRIES."""
    if len(task.worker_ids) < MAX_TRIES:
        DBTaskResult.objects.filter(pk=task.pk).update(
            status=TaskResultStatus.READY,
            run_after=timezone.now() + TRY_AGAIN_AFTER,
            started_at=None,
            finished_at=None,
            exception_class_path="",
            traceback="",
        )


def is_missing(since: datetime, at: datetime | None = None) -> bool:
    """Return whether no worker has been seen for MISSED_AFTER. If none ever was, the time counts from `since`."""
    return (at or timezone.now()) - (Heartbeat.last(Heartbeat.WORKERS) or since) > MISSED_AFTER
