from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.backup.archive import NotRead, write_backup
from core.models.heartbeat import Heartbeat
from core.new_file import new_file


class Command(BaseCommand):
    help = "Write a consistent snapshot of all records and files into one archive. The site keeps running."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        try:
            # Readable by its owner only, because it contains all data.
            with new_file(path) as file:
                manifest = write_backup(file)
        except NotRead as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror}).") from error
        Heartbeat.leave(Heartbeat.BACKUPS)
        for name in manifest["missing_files"]:
            self.stderr.write(f"{name}: a record has it, and it is gone.")
        rows, files = sum(manifest["counts"].values()), len(manifest["files"]) - len(manifest["counts"])
        self.stdout.write(self.style.SUCCESS(f"{path}: {rows} rows and {files} files."))
