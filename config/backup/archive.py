"""Writes a backup: every record and every file of one moment, in one archive."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from config.backup import tables
from config.operations.state import VERSION
from core.hashed_zip import CHUNK, HashedZip
from core.one_moment import one_moment
from transparency.heads import last_head

RECORDS, FILES = "records/", "files/"


class NotRead(Exception):
    """A stored file cannot be read, so there is no whole backup. The message names it."""


def write_backup(file: BinaryIO) -> dict[str, Any]:
    """Write all records and files of the site to an open file, while others write. Return the manifest.

    Raise NotRead for a stored file that cannot be read, and OSError if the archive cannot be written.
    """
    counts, missing = {}, []
    with HashedZip(file) as writer:
        with one_moment():
            for model in tables.models():
                counts[model._meta.label] = 0
                # Closed here even after an error, because a cursor must not outlive its connection.
                with closing(_counted(model, counts)) as lines:
                    writer.write(f"{RECORDS}{model._meta.label}.jsonl", lines)
            head = last_head()
            manifest = {
                "made_at": timezone.now().isoformat(),
                "version": VERSION,
                "database": connection.vendor,
                "migrations": migrations(),
                "counts": counts,
                "log": head.note if head else "",
            }
            names = list(tables.file_names())
        # A stored file never changes, and is not removed while a record has it.
        for name in names:
            if _is_there(name):
                writer.write(f"{FILES}{name}", _chunks(name))
            else:
                missing.append(name)
        return writer.close({**manifest, "missing_files": missing})


def _counted(model, counts: dict[str, int]) -> Iterator[str]:
    for number, line in enumerate(tables.lines(model)):
        counts[model._meta.label] = number
        yield line


def _is_there(name: str) -> bool:
    try:
        return default_storage.exists(name)
    except OSError as error:
        raise NotRead(f"The stored file {name} cannot be read ({error.strerror}).") from error


def _chunks(name: str) -> Iterator[bytes]:
    try:
        with default_storage.open(name, "rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise NotRead(f"The stored file {name} cannot be read ({error.strerror}).") from error


def migrations() -> list[str]:
    """Return the applied migrations that this version knows.

    An old database also lists those of apps that were removed since, which no new place can have.
    """
    loader = MigrationLoader(connection)
    return sorted(".".join(key) for key in loader.applied_migrations if key in loader.disk_migrations)
