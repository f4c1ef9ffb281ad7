"""What is checked before a restore changes anything: that the archive is whole and of this version, and the place empty."""

import json
import zipfile
from pathlib import Path
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.utils import validate_file_name
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models.query import QuerySet

from config.backup import tables
from config.backup.archive import FILES, RECORDS
from config.operations.state import VERSION
from core.hashed_zip import MANIFEST, UNREADABLE, damaged
from core.storage import kept_names

# What migrations put into a new database, and what a worker leaves there. Rows of any other table are somebody's.
IN_A_NEW_DATABASE = {
    "contenttypes.ContentType",
    "auth.Permission",
    "sponsorships.Clause",
    "sponsorships.ClauseVersion",
    "sponsorships.HistoricalClause",
    "yearly.Indicator",
    "core.Heartbeat",
}
# The longest name of a file in a folder.
MAX_NAME = 255
# What a manifest has to say besides the hashes of the files.
MANIFEST_TYPES = {"made_at": str, "migrations": list, "counts": dict, "log": str, "missing_files": list}


class NotRestored(Exception):
    """A backup is not restored. The message says why."""


def read_manifest(path: Path) -> dict[str, Any]:
    """Return a backup's manifest, after checking every file in the archive. Raise NotRestored if it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            if names := list(damaged(archive)):
                raise NotRestored("This backup is damaged: " + ", ".join(names) + ".")
            manifest = json.loads(archive.read(MANIFEST))
    except OSError as error:
        raise NotRestored(f"{path} cannot be read ({error.strerror or error}).") from error
    except UNREADABLE as error:
        raise NotRestored(f"{path} is no backup, or its end is missing ({error}).") from error
    if not all(isinstance(manifest.get(key), kind) for key, kind in MANIFEST_TYPES.items()):
        raise NotRestored(f"This backup is damaged: {MANIFEST}.")
    refuse_another_version(manifest, [".".join(key) for key in MigrationLoader(None).disk_migrations])
    if names := sorted(_misplaced(manifest)):
        raise NotRestored("This backup is damaged: " + ", ".join(names) + ".")
    return manifest


def refuse_another_version(manifest: dict[str, Any], ours: list[str]) -> None:
    if other := sorted(set(map(str, manifest["migrations"])) ^ set(ours)):
        theirs = manifest.get("version", "it does not say which")
        raise NotRestored(
            f"This backup is of another version of the site ({theirs}; this is {VERSION}), by these migrations: "
            + ", ".join(other)
            + "."
        )


def _misplaced(manifest: dict[str, Any]) -> set[str]:
    """Return the names of tables that are missing or unknown, and of files that could not be stored under their names."""
    labels, there = {model._meta.label for model in tables.models()}, set(manifest["files"])
    files = {name for name in there if name.startswith(FILES)}
    # An earlier version may have written a table that is left out now.
    left_out = {_records(label) for label in tables.LEFT_OUT}
    wrong = ({_records(label) for label in labels} ^ (there - files)) - left_out
    wrong |= {name for name in files if not _may_be_stored(name.removeprefix(FILES))}
    return wrong | (set() if labels <= set(manifest["counts"]) else {MANIFEST})


def _records(label: str) -> str:
    return f"{RECORDS}{label}.jsonl"


def _may_be_stored(name: str) -> bool:
    """Return whether a file with this name stays in its folder."""
    try:
        validate_file_name(name, allow_relative_path=True)
    except SuspiciousOperation:
        return False
    parts = name.split("/")
    return "\0" not in name and all(part not in {"", "."} and len(part.encode()) <= MAX_NAME for part in parts)


def refuse_what_is_not_empty() -> None:
    """Raise NotRestored if the database has rows that migrations do not make, or if files are stored already."""
    there = set(connection.introspection.table_names())
    for model in tables.models():
        label, table = model._meta.label, model._meta.db_table
        if table in there and label not in IN_A_NEW_DATABASE and QuerySet(model).exists():
            raise NotRestored(f"The database is not empty: it has rows of {label}. Restore into a new one.")
    if (name := next(kept_names(), None)) is not None:
        raise NotRestored(f"The place of the files is not empty: {name} is there.")
