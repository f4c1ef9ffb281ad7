"""How far a running import is. It is told in a file beside the kept ones: what a transaction writes is seen after it."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from imports.models import Import, ImportFile

# Lines between two words about it.
STRIDE = 50


def tell(batch: Import, done: int) -> None:
    """Write down how many lines are done."""
    if done % STRIDE == 0:
        forget(batch)
        default_storage.save(_path(batch), ContentFile(str(done).encode()))


def done(batch: Import) -> int:
    """Return how many lines are done; zero where nobody said."""
    try:
        with default_storage.open(_path(batch)) as told:
            return int(told.read() or 0)
    except (FileNotFoundError, ValueError):
        return 0


def forget(batch: Import) -> None:
    default_storage.delete(_path(batch))


def _path(batch: Import) -> str:
    """Return a name like those of kept files: what a worker leaves behind is removed with their strays."""
    return f"{ImportFile.folder}/{hashlib.md5(f'progress of {batch.pk}'.encode(), usedforsecurity=False).hexdigest()}"
