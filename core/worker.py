"""The task worker: django_tasks_db's, except that it outlives its database and leaves a sign of life.

The library's ends at the first error of the database, and what it was doing then stays marked as running for good. Here it
waits and goes on, as the web does, and does again what the outage interrupted, and what a worker left that was killed: our
tasks may be done twice.

While a worker is at a task it moves `started_at`, however long that takes: what moves is done by somebody who lives.
"""

import logging
import os
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

# Seconds between two tries while the database is away: twice as long each time.
FIRST_WAIT, MAX_WAIT = 1, 30
# A sign of life is written so often, in seconds, and missed after so long.
BEAT_EVERY = 60
MISSED_AFTER = timedelta(minutes=10)
# Nightly work that failed is tried again after this, in seconds, until it is done.
TRY_NIGHTLY_AGAIN_AFTER = 3600
# A task that the database failed is tried again after this, so many times in all.
TRY_AGAIN_AFTER = timedelta(minutes=1)
MAX_TRIES = 10
# A task is done again whose worker was killed: at once where it is known, or once it gave no sign for so long, in seconds. One that
# kills each worker is given up.
TAKEN_UP_AFTER = 5 * BEAT_EVERY
MAX_DEATHS = 3


class WorkerDied(Exception):
    """What is written of a task whose workers were killed, one after another."""


class PatientWorker(Worker):
    def __init__(self, is_nightly: bool = False, **options: Any) -> None:
        super().__init__(**options)
        # What it writes beside a task: where it is, so that others there can see that it is no more.
        self.worker_id = f"{socket.gethostname()}:{os.getpid()}:{self.worker_id}"
        self.is_nightly, self.last_night = is_nightly, float("-inf")
        # The library's loop is run until it has nothing to do, again and again: it is this one that waits.
        self.ends_when_done, self.batch = self.batch, True
        self.interrupted: DBTaskResult[..., Any] | None = None
        self.last_beat = float("-inf")
        self.watch = Watch(self.worker_id)

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
                # Others could give no sign either.
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
        """Do every task that is ready, first the one that an outage interrupted."""
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
        # Raises where the end of the task cannot be written.
        with signs_of_life(db_task_result):
            super().run_task(db_task_result)
        self.interrupted = None
        if db_task_result.status == TaskResultStatus.FAILED and db_task_result.exception_class_path in OUTAGES:
            put_back(db_task_result)

    def do_nightly_work(self) -> None:
        """Do the nightly work once its hour has come, unless it is done: also when no worker ran at that hour."""
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
        """Leave a sign of life, and look for what others left that give none, at most once in BEAT_EVERY."""
        if time.monotonic() - self.last_beat >= BEAT_EVERY:
            Heartbeat.leave(Heartbeat.WORKERS)
            self.last_beat = time.monotonic()
            self.watch.take_up_what_was_left()


@contextmanager
def signs_of_life(task: DBTaskResult[..., Any] | None = None) -> Iterator[None]:
    """Say all the while that this worker lives, and is at this task."""
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
                # Not where somebody has taken it up.
                own = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
                own.filter(worker_ids=task.worker_ids).update(started_at=timezone.now())
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The worker could not say that it lives: %s", str(error).strip())
        finally:
            # This thread's own.
            connections.close_all()


class Watch:
    """What this worker saw of the tasks of others: since when each has given no sign.

    It goes by its own clock, and begins anew after an outage: clocks of two machines differ, and while the database is away
    nobody can give a sign.
    """

    def __init__(self, own_id: str) -> None:
        self.own_id = own_id
        self.still_since: dict[tuple[UUID, datetime | None], float] = {}

    def take_up_what_was_left(self) -> None:
        """Make ready again what workers were doing that were killed; or give it up where it has killed several."""
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
    # Unless it has ended or given a sign meanwhile, or somebody else was quicker.
    left = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    if len(task.worker_ids) < MAX_DEATHS:
        logger.error("The worker of a task was killed. The task is done again.")
        left.update(status=TaskResultStatus.READY, started_at=None)
    else:
        logger.error("A task is given up, at which %d workers were killed.", MAX_DEATHS)
        died = f"{WorkerDied.__module__}.{WorkerDied.__qualname__}"
        left.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path=died)


def is_no_more(worker_id: str) -> bool:
    """Return whether a worker was on this machine and is not any more."""
    host, _colon, rest = worker_id.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    if int(pid) == os.getpid():  # it had our number before us, as the first process of a container has
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def put_back(task: DBTaskResult[..., Any]) -> None:
    """Make a task that the database failed ready again, unless it has had its tries."""
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
    """Return whether no worker has been seen for MISSED_AFTER; before the first was, the time runs from `since`."""
    return (at or timezone.now()) - (Heartbeat.last(Heartbeat.WORKERS) or since) > MISSED_AFTER
