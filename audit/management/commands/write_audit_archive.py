import datetime
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.archive import write_archive

# Of the archive file: it says what partners keep private.
ONLY_OWNER = 0o600


class Command(BaseCommand):
    help = "Write the auditor's archive: ledger entries, fingerprints, tree heads, figures, and the program that verifies them."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--on", type=datetime.date.fromisoformat, help="the day that figures are as of (YYYY-MM-DD); default: today"
        )

    def handle(self, *, path, on, **options):
        # What breaks off must not lie there as an archive. The process id keeps two concurrent runs apart.
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
        try:
            with open(unfinished, "xb", opener=lambda name, flags: os.open(name, flags, ONLY_OWNER)) as file:
                write_archive(file, on or timezone.localdate(), path.name)
            # A link, because it does not overwrite an existing file.
            os.link(unfinished, path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror}).") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(self.style.SUCCESS(f"{path} is written."))
