"""Keeps the site's files unreadable to other users of the machine."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ONLY_OURS, FOLDER_ONLY_OURS = 0o600, 0o700
# The umask of every process, for files written without explicit permissions.
NOBODY_ELSE = 0o077


def private_folder(path: Path, name: str) -> Path:
    """Return a folder, created if absent. Raise ImproperlyConfigured, naming the setting `name`, if it is not writable."""
    try:
        path.mkdir(mode=FOLDER_ONLY_OURS, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} names a folder that cannot be made: {path} ({error.strerror}).") from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name} names a folder that this user cannot write to: {path}.")
    return path


def private_database(path: Path) -> None:
    """Create an SQLite file if absent, readable only by its owner. Raise ImproperlyConfigured if it cannot be a database."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, ONLY_OURS))
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL names a file that cannot be used: {path} ({error.strerror})."
        ) from error
    except sqlite3.OperationalError:
        pass  # another process is writing: it is a database in use
    except sqlite3.DatabaseError as error:
        raise ImproperlyConfigured(f"DATABASE_URL names a damaged database, or none: {path} ({error}).") from error
    # SQLite's files beside it hold the same data; SQLite creates them with the same permissions.
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        _close_to_others(file)


def _close_to_others(file: Path) -> None:
    try:
        found = file.stat()
        if found.st_mode & NOBODY_ELSE and found.st_uid == os.geteuid():
            file.chmod(ONLY_OURS)
    except FileNotFoundError:
        pass  # another process has just closed the database
