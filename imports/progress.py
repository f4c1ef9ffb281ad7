"""The progress of a running import, stored in a file: a database row would stay invisible until the transaction ends."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from imports.models import Import, ImportFile

# Lines between two updates.
STRIDE = 50


def tell(batch: Import, done: int) -> None:
    """Store the number of lines done, every STRIDE lines."""
    if done % STRIDE == 0:
        forget(batch)
        default_storage.save(_path(batch), ContentFile(str(done).encode()))


def done(batch: Import) -> int:
    """Return the number of lines done; zero if none is stored."""
    try:
        with default_storage.open(_path(batch)) as told:
            return int(told.read() or 0)
    except (FileNotFoundError, ValueError):
        return 0


def forget(batch: Import) -> None:
    default_storage.delete(_path(batch))


def _path(batch: Import) -> str:
    """Return a path among the uploaded files, so that the clean-up of stray files also removes what a dead worker leaves."""
    return f"{ImportFile.folder}/{hashlib.md5(f'progress of {batch.pk}'.encode(), usedforsecurity=False).hexdigest()}"
