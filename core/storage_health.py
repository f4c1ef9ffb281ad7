"""Whether files can be stored and read, so that a wrong bucket or key is found before somebody uploads a document."""

import os
import time
from pathlib import Path

from django.core.files.storage import default_storage, storages
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.storage import StorageUnreachable

# Readiness is checked every few seconds, the storage less often.
SECONDS = 60
NO_PLACE = _("Files cannot be kept: the bucket or folder that FILES_URL names is not there.")
REFUSED = _(
    "Files cannot be kept: the key of FILES_URL is refused, or may not list its bucket or write into its folder."
)
AWAY = _("Files cannot be reached: what FILES_URL names does not answer.")

_known: tuple[float, str | Promise] | None = None


def trouble() -> str | Promise:
    """Return a sentence on why files cannot be stored now; an empty text if they can."""
    for storage in (default_storage, storages["published"]):
        try:
            if hasattr(storage, "reach"):
                storage.reach()
            elif not _may_be_written(Path(storage.location)):
                return REFUSED
        except StorageUnreachable:
            return AWAY
        except FileNotFoundError:
            return NO_PLACE
        except PermissionError:
            return REFUSED
    return ""


def last_known_trouble() -> str | Promise:
    """Return `trouble()`, cached for a minute."""
    global _known
    if _known is None or time.monotonic() - _known[0] > SECONDS:
        _known = time.monotonic(), trouble()
    return _known[1]


def forget() -> None:
    """Check again next time, for tests."""
    global _known
    _known = None


def _may_be_written(folder: Path) -> bool:
    """Return whether files can be added to a folder. It may not exist yet: it is created with the first file."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)
