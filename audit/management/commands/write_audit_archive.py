import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.archive import write_archive
from core.new_file import new_file


class Command(BaseCommand):
    help = "Write the auditor's archive: ledger entries, fingerprints, tree heads, figures, and the program that verifies them."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--on", type=datetime.date.fromisoformat, help="the day that figures are as of (YYYY-MM-DD); default: today"
        )

    def handle(self, *, path, on, **options):
        try:
            # Readable by its owner only: it has private sponsorships.
            with new_file(path) as file:
                write_archive(file, on or timezone.localdate(), path.name)
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror}).") from error
        self.stdout.write(self.style.SUCCESS(f"{path} is written."))
