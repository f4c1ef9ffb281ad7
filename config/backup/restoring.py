"""Restores a backup into an empty database and storage."""

import zipfile
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, transaction

from config.backup import tables
from config.backup.archive import FILES, RECORDS, migrations
from config.backup.checks import NotRestored, read_manifest, refuse_another_version, refuse_what_is_not_empty
from core.hashed_zip import MANIFEST, UNREADABLE
from transparency.heads import last_head

# What a row raises that no site has written, though the manifest has its hash: somebody edited both.
NO_ROW = (*UNREADABLE, TypeError, ArithmeticError, StopIteration, ValidationError, DatabaseError)


def restore(path: Path) -> dict[str, Any]:
    """Restore a backup into an empty database and storage; return its manifest. Raise NotRestored if a check fails.

    Afterwards everything derived from the records is rebuilt. The caller checks the result.
    """
    refuse_what_is_not_empty()
    manifest = read_manifest(path)
    call_command("migrate", verbosity=0)
    refuse_another_version(manifest, migrations())
    written: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive, transaction.atomic():
            _load(archive, manifest)
            for name in archive.namelist():
                if name.startswith(FILES):
                    _restore_file(archive, name, written)
    except BaseException as error:
        for name in written:
            with suppress(OSError):
                default_storage.delete(name)
        # From the commit, which finds references to rows that are not there.
        if isinstance(error, DatabaseError) and not isinstance(error, OperationalError):
            raise NotRestored(f"The records of this backup do not fit together ({_first_line(error)}).") from error
        raise
    # Restore what follows migrations, such as the permissions of models; then the search index and the sums.
    call_command("migrate", verbosity=0)
    call_command("rebuild_search_index", stdout=StringIO())
    call_command("count_money", rebuild=True, verbosity=0)
    return manifest


def _load(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    tables.empty()
    for model in tables.models():
        label = model._meta.label
        name = f"{RECORDS}{label}.jsonl"
        try:
            with archive.open(name) as lines:
                number = tables.load(model, lines)
        except OperationalError:
            # The database is away or its disk full, which is no fault of the archive.
            raise
        except NO_ROW as error:
            raise NotRestored(f"This backup is damaged: {name} ({_first_line(error)}).") from error
        if number != manifest["counts"][label]:
            said = manifest["counts"][label]
            raise NotRestored(f"{label} has {number} rows in the archive, and its manifest says {said}.")
    tables.number_on()
    head = last_head()
    if (head.note if head else "") != manifest["log"]:
        raise NotRestored(f"This backup is damaged: {MANIFEST} has another head of the log than its records.")


def _restore_file(archive: zipfile.ZipFile, name: str, written: list[str]) -> None:
    own = name.removeprefix(FILES)
    try:
        saved = default_storage.save(own, ContentFile(archive.read(name)))
    except OSError as error:
        raise NotRestored(f"The file {own} cannot be stored ({error.strerror}).") from error
    written.append(saved)
    if saved != own:
        raise NotRestored(f"{own} is there already.")


def _first_line(error: Exception) -> str:
    """Return what an error says, without the lines in which PostgreSQL quotes the row."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
