"""A worker is killed while it reads an import: the next one goes on with it, and nobody has to press anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from imports import acts
from imports.enums import ImportStatus
from imports.models import Import
from tests import factories
from tests.core.test_worker import QUEUE, WORKER, patiently
from tests.imports.workbooks import upload, workbook
from tests.serving import environment, free_port

pytestmark = [pytest.mark.exhaustive(counted=True), pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start(tmp_path, settings):
    """Return a function that starts a worker on the files of this test."""
    settings.TASKS = QUEUE
    media = tmp_path / "media"
    settings.MEDIA_ROOT, log = media, tmp_path / "log"
    given = {**environment(free_port(), str(tmp_path)), "FILES_URL": f"file://{tmp_path}"}
    started = []

    def start() -> tuple[subprocess.Popen, Path]:
        with log.open("a") as output:
            process = subprocess.Popen([sys.executable, "-c", WORKER], env=given, stdout=output, stderr=output)
        started.append(process)
        return process, log

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_an_import_goes_on_by_itself(start):
    cluster = factories.make_cluster()
    by = factories.make_staff(cluster)
    batch = acts.bring(Import(cluster=cluster), [upload(workbook(people=[["Name"], ["Grace Hopper"]]))], by=by)
    file = Path(batch.files.get().file.path)
    content = file.read_bytes()
    file.unlink()
    # Whoever opens it waits for somebody who writes: the worker is held there.
    os.mkfifo(file)
    process, log = start()
    patiently(lambda: DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists(), process, log)
    process.kill()
    process.wait()
    file.unlink()
    file.write_bytes(content)
    batch.refresh_from_db()
    assert batch.status == ImportStatus.CHECKING
    process, log = start()
    patiently(lambda: Import.objects.filter(status=ImportStatus.READY).exists(), process, log)
    assert "The worker of a task was killed. The task is done again" in log.read_text()
