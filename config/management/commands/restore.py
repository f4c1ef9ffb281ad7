from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.backup.archive import NotRestored, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty database (SQLite or PostgreSQL) and empty storage, and check the result."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        try:
            manifest = restore(path)
        except NotRestored as error:
            raise CommandError(str(error)) from error
        for check in ("check_ledger", "check_log", "check_cards", "check_files"):
            call_command(check, stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(self.style.SUCCESS(f"Restored as of {manifest['made_at']}: every check holds."))
