"""Writes a backup, and restores one into an empty database and storage."""

import json
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.models import User
from config.backup import tables
from core.hashed_zip import CHUNK, MANIFEST, HashedZip, damaged
from core.one_moment import one_moment
from core.storage import kept_names
from sponsorships.models import LedgerEntry
from transparency.heads import last_head

RECORDS, FILES = "records/", "files/"


class NotRestored(Exception):
    """A backup is not restored. The message says why."""


def write_backup(file: BinaryIO) -> dict[str, Any]:
    """Write all records and files of the site to an open file, while others write. Return the manifest."""
    with HashedZip(file) as writer:
        counts, missing = {}, []
        with one_moment():
            for model in tables.models():
                counts[model._meta.label] = 0
                writer.write(f"{RECORDS}{model._meta.label}.jsonl", _counted(model, counts))
            head = last_head()
            manifest = {
                "made_at": timezone.now().isoformat(),
                "database": connection.vendor,
                "migrations": migrations(),
                "counts": counts,
                "log": head.note if head else "",
            }
            names = list(tables.file_names())
        # A stored file never changes, and is not removed while a record has it.
        for name in names:
            if default_storage.exists(name):
                writer.write(f"{FILES}{name}", _chunks(name))
            else:
                missing.append(name)
        manifest["missing_files"] = missing
        return writer.close(manifest)


def _counted(model, counts: dict[str, int]) -> Iterator[str]:
    for number, line in enumerate(tables.lines(model)):
        counts[model._meta.label] = number
        yield line


def _chunks(name: str) -> Iterator[bytes]:
    with default_storage.open(name, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def migrations() -> list[str]:
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def read_manifest(path: Path) -> dict[str, Any]:
    """Return a backup's manifest, after checking every file in the archive. Raise NotRestored if it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            if names := list(damaged(archive)):
                raise NotRestored("This backup is damaged: " + ", ".join(names) + ".")
            return json.loads(archive.read(MANIFEST))
    except (OSError, zipfile.BadZipFile) as error:
        raise NotRestored(f"{path} is no backup, or its end is missing ({error}).") from error


def refuse_what_is_not_empty() -> None:
    """Raise NotRestored if the database has users or ledger entries, or if files are stored already."""
    there = set(connection.introspection.table_names())
    for model in (User, LedgerEntry):
        if model._meta.db_table in there and model.objects.exists():
            raise NotRestored(f"The database is not empty: it has rows of {model._meta.label}.")
    if (name := next(kept_names(), None)) is not None:
        raise NotRestored(f"The place of the files is not empty: {name} is there.")


def restore(path: Path) -> dict[str, Any]:
    """Restore a backup into an empty database and storage; return its manifest. Raise NotRestored if a check fails.

    Afterwards everything derived from the records is rebuilt. The caller checks the result.
    """
    manifest = read_manifest(path)
    refuse_what_is_not_empty()
    call_command("migrate", verbosity=0)
    if other := sorted(set(manifest["migrations"]) ^ set(migrations())):
        raise NotRestored(
            "This backup is of another version of the site, by these migrations: " + ", ".join(other) + "."
        )
    with zipfile.ZipFile(path) as archive:
        written = []
        try:
            with transaction.atomic():
                _load(archive, manifest["counts"])
                for name in archive.namelist():
                    if name.startswith(FILES):
                        _restore_file(archive, name)
                        written.append(name.removeprefix(FILES))
        except BaseException:
            for name in written:
                default_storage.delete(name)
            raise
    # Restore what follows migrations, such as the permissions of models; then the search index and the sums.
    call_command("migrate", verbosity=0)
    call_command("rebuild_search_index", stdout=StringIO())
    call_command("count_money", rebuild=True, verbosity=0)
    return manifest


def _load(archive: zipfile.ZipFile, counts: dict[str, int]) -> None:
    tables.empty()
    for model in tables.models():
        label = model._meta.label
        with archive.open(f"{RECORDS}{label}.jsonl") as lines:
            number = tables.load(model, lines)
        if number != counts[label]:
            raise NotRestored(f"{label} has {number} rows in the archive, and its manifest says {counts[label]}.")
    tables.number_on()


def _restore_file(archive: zipfile.ZipFile, name: str) -> None:
    own = name.removeprefix(FILES)
    saved = default_storage.save(own, ContentFile(archive.read(name)))
    if saved != own:
        default_storage.delete(saved)
        raise NotRestored(f"{own} is there already.")
