"""The task worker outlives its database: it waits, goes on, and does again what an outage interrupted."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from core import worker
from core.mail.tasks import deliver
from core.models.heartbeat import Heartbeat
from core.models.mail import OutgoingMail
from tests.factories import make_user
from tests.serving import environment, free_port

PATIENCE = 90
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# The command as it is, but for a lock that it waits a second for, not twenty.
WORKER = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
if connection.vendor == "sqlite":
    connection.settings_dict["OPTIONS"]["timeout"] = 1
call_command("db_worker", startup_delay=False, interval=0.1, verbosity=0)
"""


@task()
def fall_over(kind: str) -> None:
    raise {"outage": OperationalError, "line": InterfaceError, "mistake": ValueError}[kind]("on purpose")


def make_worker(**options) -> worker.PatientWorker:
    known = {
        "queue_names": ["default"],
        "interval": 0,
        "batch": True,
        "backend_name": "default",
        "startup_delay": False,
    }
    more = {"max_tasks": None, "worker_id": "ours", "excluded_queue_names": []}
    return worker.PatientWorker(**{**known, **more, **options})


@pytest.fixture
def queue(settings, monkeypatch):
    settings.TASKS = QUEUE
    # A worker in this process has the test's own connection, and must leave it open.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


def patiently(is_so, process, log):
    """Wait until something is so; the process must go on meanwhile."""
    for _try in range(PATIENCE * 10):
        assert process.poll() is None, f"the worker ended: {log.read_text()}"
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError(f"it never was: {log.read_text()}")


@contextmanager
def outage():
    """The database is away as another process sees it."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database(quick=True)
@pytest.mark.django_db(transaction=True)
def test_it_outlives_an_outage_and_sends_what_waits_after_it(queue, tmp_path):
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=environment(free_port(), str(tmp_path)),
            stdout=output,
            stderr=output,
        )
    try:
        patiently(Heartbeat.objects.exists, process, log)
        with outage():
            patiently(lambda: "waits for its database" in log.read_text(), process, log)
        patiently(lambda: "has its database again" in log.read_text(), process, log)
        mail = OutgoingMail.objects.create(recipient=make_user(), occasion="test", subject="Hello", text="Hello.")
        deliver.enqueue(mail.pk)
        patiently(OutgoingMail.objects.exclude(sent_at=None).exists, process, log)
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in log.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["outage", "line"])
def test_a_task_that_the_database_failed_is_tried_again_and_not_for_ever(queue, kind):
    result = fall_over.enqueue(kind)
    row = DBTaskResult.objects.get(pk=result.id)
    for tries in range(1, worker.MAX_TRIES + 1):
        DBTaskResult.objects.filter(pk=row.pk).update(run_after=timezone.now() - timedelta(minutes=1))
        make_worker().run()
        row.refresh_from_db()
        assert len(row.worker_ids) == tries
        assert row.status == (TaskResultStatus.READY if tries < worker.MAX_TRIES else TaskResultStatus.FAILED)


@pytest.mark.django_db
def test_a_task_that_fails_by_itself_is_not_tried_again(queue):
    result = fall_over.enqueue("mistake")
    make_worker().run()
    assert DBTaskResult.objects.get(pk=result.id).status == TaskResultStatus.FAILED


@pytest.mark.django_db
def test_a_task_whose_end_could_not_be_written_is_done_again(queue, monkeypatch):
    mail = OutgoingMail.objects.create(recipient=make_user(), occasion="test", subject="Hello", text="Hello.")
    result = deliver.enqueue(mail.pk)

    def away(*args):
        raise OperationalError("the database is away")

    patient = make_worker()
    with monkeypatch.context() as patch:
        patch.setattr(DBTaskResult, "set_successful", away)
        patch.setattr(DBTaskResult, "set_failed", away)
        with pytest.raises(OperationalError):
            patient.run()
    row = DBTaskResult.objects.get(pk=result.id)
    assert row.status == TaskResultStatus.RUNNING
    patient.run()
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY and row.run_after > timezone.now()


@pytest.mark.django_db
def test_it_leaves_a_sign_of_life_now_and_then(queue):
    patient = make_worker()
    patient.run()
    first = Heartbeat.objects.get()
    patient.run()
    assert Heartbeat.objects.get().seen_at == first.seen_at
    make_worker().run()
    assert Heartbeat.objects.get().seen_at > first.seen_at


# The first number that no process has, as Linux counts them.
KILLED = f"{socket.gethostname()}:4194304:theirs"
ELSEWHERE = "another-machine:1:theirs"


def left_running(by: str, minutes: int, deaths: int = 1) -> DBTaskResult:
    """A task as a worker leaves it that was killed."""
    row = DBTaskResult.objects.get(pk=fall_over.enqueue("mistake").id)
    row.status, row.worker_ids = TaskResultStatus.RUNNING, [by] * deaths
    row.started_at = timezone.now() - timedelta(minutes=minutes)
    row.save()
    return row


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "minutes", "is_taken_up"),
    [
        (KILLED, 0, True),
        (f"{socket.gethostname()}:{os.getppid()}:theirs", 0, False),
        (f"{socket.gethostname()}:{os.getpid()}:before-us", 0, True),
        # The clock of another machine tells nothing.
        (ELSEWHERE, 9, False),
        (ELSEWHERE, 999, False),
    ],
    # The numbers of processes are others in each worker of a run, which must all name their tests alike.
    ids=["killed here", "alive here", "our own number, before us", "elsewhere, lately", "elsewhere, long ago"],
)
def test_what_a_killed_worker_left_is_done_again(queue, by, minutes, is_taken_up):
    row = left_running(by, minutes)
    make_worker().run()
    row.refresh_from_db()
    assert len(row.worker_ids) == (2 if is_taken_up else 1)
    assert row.status == (TaskResultStatus.FAILED if is_taken_up else TaskResultStatus.RUNNING)


@pytest.mark.django_db
def test_what_gave_no_sign_for_minutes_is_done_again_and_what_gave_one_is_not(queue):
    silent, living = left_running(ELSEWHERE, 1), left_running(ELSEWHERE, 1)
    patient = make_worker()
    patient.run()
    DBTaskResult.objects.filter(pk=living.pk).update(started_at=timezone.now())
    seen = patient.watch.still_since
    patient.watch.still_since = {row: since - worker.TAKEN_UP_AFTER for row, since in seen.items()}
    patient.last_beat = float("-inf")
    patient.run()
    silent.refresh_from_db()
    living.refresh_from_db()
    assert (silent.status, silent.worker_ids) == (TaskResultStatus.FAILED, [ELSEWHERE, patient.worker_id])
    assert (living.status, living.worker_ids) == (TaskResultStatus.RUNNING, [ELSEWHERE])


@pytest.mark.django_db
def test_a_task_that_kills_its_workers_is_given_up(queue):
    row = left_running(KILLED, 0, deaths=worker.MAX_DEATHS)
    make_worker().run()
    row.refresh_from_db()
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, worker.MAX_DEATHS)
    assert row.exception_class_path == "core.worker.WorkerDied"
