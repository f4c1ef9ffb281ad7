import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Restore a backup into a temporary database and folder, check the result, and print how long it took."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="rehearsal-") as place:
            own = {
                "VAR_DIR": place,
                "DATABASE_URL": f"sqlite:///{place}/rehearsal.sqlite3",
                "CACHE_URL": "locmem://",
                "FILES_URL": f"file://{place}",
                # The copy of the real database, which nothing of a rehearsal may read.
                "DATABASE_REPLICA_URL": "",
            }
            done = subprocess.run(
                [sys.executable, "manage.py", "restore", str(path.absolute())],
                cwd=settings.BASE_DIR,
                env={**os.environ, **own},
                capture_output=True,
                text=True,
                check=False,
            )
        if done.stdout:
            self.stdout.write(done.stdout)
        said = done.stderr.strip()
        if done.returncode:
            raise CommandError(f"This backup cannot be restored: {said.removeprefix('CommandError: ')}")
        if said:
            self.stderr.write(said)
        self.stdout.write(self.style.SUCCESS(f"Rehearsed in {time.monotonic() - began:.0f} seconds."))
