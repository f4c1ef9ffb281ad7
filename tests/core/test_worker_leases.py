"""Two machines' workers: what one is at the other leaves alone, however long it takes, and takes up once the first was killed."""

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings as site
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.core.long_task import work_until_told
from tests.core.test_worker import PATIENCE, QUEUE
from tests.serving import environment, free_port, with_own_signals

pytestmark = [
    # Two processes of Django, and seconds of work.
    pytest.mark.exhaustive,
    pytest.mark.database(quick=True),
    pytest.mark.django_db(transaction=True),
]
# A lease of seconds, which in production is of minutes.
BEAT_EVERY, TAKEN_UP_AFTER = 0.2, 2
WORKER = f"""
import socket, sys
socket.gethostname = lambda: sys.argv[1]
import django
django.setup()
from core import worker
worker.BEAT_EVERY, worker.TAKEN_UP_AFTER = {BEAT_EVERY}, {TAKEN_UP_AFTER}
from django.core.management import call_command
call_command("db_worker", startup_delay=False, interval=0.1, verbosity=0)
"""


class Machines:
    """Workers that think themselves on machines of different names."""

    def __init__(self, folder):
        self.folder, self.processes = folder, {}

    def start(self, name):
        with (self.folder / name).open("w") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-c", WORKER, name],
                env=environment(free_port(), str(self.folder)),
                stdout=log,
                stderr=log,
            )

    def kill(self, name):
        self.processes[name].kill()
        self.processes[name].wait()

    def wait_for(self, is_so):
        until = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < until, [(self.folder / name).read_text() for name in self.processes]
            time.sleep(0.05)


@pytest.fixture
def machines(tmp_path, settings):
    settings.TASKS = QUEUE
    machines = Machines(tmp_path)
    yield machines
    for name in machines.processes:
        machines.kill(name)


def test_a_long_task_is_done_once_while_its_worker_lives_and_again_once_it_was_killed(machines):
    short_one = machines.folder / "short"
    short_one.mkdir()
    (short_one / "end").touch()
    result = work_until_told.enqueue(str(machines.folder))
    begun = machines.folder / "begun"
    rows = DBTaskResult.objects.filter(pk=result.id)
    machines.start("here")
    machines.wait_for(begun.exists)
    claimed_at = rows.get().started_at
    machines.start("there")
    # It is up, and looks at what there is: this one it does.
    short = work_until_told.enqueue(str(short_one))
    machines.wait_for(lambda: DBTaskResult.objects.get(pk=short.id).status == TaskResultStatus.SUCCESSFUL)
    machines.wait_for(lambda: rows.get().started_at > claimed_at + timedelta(seconds=3 * TAKEN_UP_AFTER))
    assert rows.get().worker_ids[-1].startswith("here:")
    assert begun.read_text() == "once\n"
    machines.kill("here")
    machines.wait_for(lambda: begun.read_text() == "once\nonce\n")
    (machines.folder / "end").touch()
    machines.wait_for(lambda: rows.get().status == TaskResultStatus.SUCCESSFUL)
    assert [worker_id.partition(":")[0] for worker_id in rows.get().worker_ids] == ["here", "there"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_worker_that_is_told_to_stop_ends_its_task_first(machines, number):
    result = work_until_told.enqueue(str(machines.folder))
    known = environment(free_port(), str(machines.folder / "var"))
    with (machines.folder / "here").open("w") as log:
        worker = machines.processes["here"] = subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "-v", "0"],
            cwd=site.BASE_DIR,
            env=known,
            preexec_fn=with_own_signals,
            stdout=log,
            stderr=log,
        )
    machines.wait_for((machines.folder / "begun").exists)
    worker.send_signal(number)
    # Time for a signal that would break the task off.
    time.sleep(0.2)
    (machines.folder / "end").touch()
    assert worker.wait(PATIENCE) == 0
    assert DBTaskResult.objects.get(pk=result.id).status == TaskResultStatus.SUCCESSFUL
