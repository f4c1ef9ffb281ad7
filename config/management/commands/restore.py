from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.backup.checks import NotRestored
from config.backup.restoring import restore

CHECKS = ("check_ledger", "check_log", "check_cards", "check_files")


class Command(BaseCommand):
    help = "Restore a backup into an empty database (SQLite or PostgreSQL) and empty storage, and check the result."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        try:
            manifest = restore(path)
        except NotRestored as error:
            raise CommandError(str(error)) from error
        failed = []
        for check in CHECKS:
            try:
                call_command(check, stdout=self.stdout, stderr=self.stderr)
            except CommandError as error:
                failed.append(f"{check}: {error}")
        restored = f"Restored as of {manifest['made_at']}"
        if failed:
            raise CommandError("\n".join([f"{restored}, but not every check holds:", *failed]))
        self.stdout.write(self.style.SUCCESS(f"{restored}: every check holds."))
