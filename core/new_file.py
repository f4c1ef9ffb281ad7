"""Writes a file that is there whole or not at all, and never in the place of another: backups, archives."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

# Ends the name of a file that is being written. Who finds one of an earlier day may remove it: its process was killed.
UNFINISHED = ".unfinished"
# A file name has 255 bytes at most; the unfinished file must not need more than the finished one.
KEPT_OF_THE_NAME = 40
# What file systems without hard links answer: FAT, and some shares.
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new file that only its owner may read. It gets its name at the end, unless the block raises an error.

    Raise OSError at once if the path is taken or the folder is not writable.
    """
    with suppress(FileNotFoundError):
        # Not `exists`, which follows a link that leads nowhere.
        path.lstat()
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    # Two processes get two names, and its permissions are 0600 from the start.
    handle, name = tempfile.mkstemp(UNFINISHED, f"{path.name[:KEPT_OF_THE_NAME]}.", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            # Without it a power cut could leave a whole name with half a content.
            os.fsync(file.fileno())
        _give_name(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _give_name(unfinished: str, path: Path) -> None:
    """Give a file its name, unless another has it."""
    try:
        # A link, because it does not overwrite an existing file.
        os.link(unfinished, path)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            os.replace(unfinished, path)
        except OSError:
            # Ours, and empty: nobody shall take it for the file.
            path.unlink()
            raise
