"""A task that takes as long as a test wants. Workers of other processes load it: there is nothing else here."""

import time
from pathlib import Path

from django_tasks import task


@task()
def work_until_told(folder: str) -> None:
    with Path(folder, "begun").open("a") as begun:
        begun.write("once\n")
    while not Path(folder, "end").exists():
        time.sleep(0.02)
