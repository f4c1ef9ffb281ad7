"""A ZIP with the SHA-256 of each of its files in `manifest.json`."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

MANIFEST = "manifest.json"
# A fixed timestamp, so that archives with the same content have the same bytes.
SAME_TIME = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20


class HashedZip:
    """Writes files into a ZIP and records their hashes; `close` writes the manifest.

    Use it in a `with` statement: if writing breaks off, its ZIP ends before its file is closed, not at some later moment.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.files: dict[str, str] = {}

    def __enter__(self) -> "HashedZip":
        return self

    def __exit__(self, *_failure: object) -> None:
        self._zip.close()

    def write(self, name: str, chunks: Iterable[str | bytes]) -> None:
        digest = hashlib.sha256()
        entry = zipfile.ZipInfo(name, SAME_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(entry, "w", force_zip64=True) as file:
            for chunk in chunks:
                content = chunk.encode("utf-8") if isinstance(chunk, str) else chunk
                digest.update(content)
                file.write(content)
        self.files[name] = digest.hexdigest()

    def close(self, manifest: dict[str, Any]) -> dict[str, Any]:
        """Write the manifest with the hashes of all files, and return it."""
        listed = {**manifest, "files": dict(self.files)}
        self.write(MANIFEST, [json.dumps(listed, ensure_ascii=False, sort_keys=True, indent=1) + "\n"])
        self._zip.close()
        return listed


def damaged(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names of files that are missing, unexpected, or different from the manifest."""
    try:
        listed = json.loads(archive.read(MANIFEST))["files"]
    except (KeyError, ValueError, zipfile.BadZipFile, OSError):
        yield MANIFEST
        return
    there = set(archive.namelist())
    yield from sorted(there - set(listed) - {MANIFEST})
    for name, sha256 in sorted(listed.items()):
        if name not in there or _sha256(archive, name) != sha256:
            yield name


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, zipfile.zlib.error):
        return ""
    return digest.hexdigest()
