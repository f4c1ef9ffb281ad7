import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.backup.archive import write_backup
from config.file_permissions import ONLY_OURS
from core.models.heartbeat import Heartbeat


class Command(BaseCommand):
    help = "Write a consistent snapshot of all records and files into one archive. The site keeps running."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        # The process id keeps two concurrent backups apart.
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
        try:
            # Readable by its owner only, because it contains all data.
            with open(unfinished, "xb", opener=lambda name, flags: os.open(name, flags, ONLY_OURS)) as file:
                manifest = write_backup(file)
            # A link, because it does not overwrite an existing file.
            os.link(unfinished, path)
            Heartbeat.leave(Heartbeat.BACKUPS)
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror}).") from error
        finally:
            unfinished.unlink(missing_ok=True)
        for name in manifest["missing_files"]:
            self.stderr.write(f"{name}: a record has it, and it is gone.")
        rows, files = sum(manifest["counts"].values()), len(manifest["files"]) - len(manifest["counts"])
        self.stdout.write(self.style.SUCCESS(f"{path}: {rows} rows and {files} files."))
