"""A ZIP with the SHA-256 of each of its files in `manifest.json`."""

import hashlib
import json
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO, Self

MANIFEST = "manifest.json"
# A fixed timestamp, so that archives with the same content have the same bytes.
SAME_TIME = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20
# What reading a damaged ZIP raises: RuntimeError for what looks encrypted, compressed in another way, or nested too deeply.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
)


class HashedZip:
    """Writes files into a ZIP and records their hashes; `close` writes the manifest. Use it in a `with` statement."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.files: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is not None:
            # Now, while the file is open. What it raises, as on a full disk, would hide the first error.
            with suppress(OSError, ValueError):
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
    """Yield the names of files that are missing, unexpected, there twice, or different from the manifest."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
    except UNREADABLE:
        manifest = None
    listed = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(listed, dict):
        yield MANIFEST
        return
    there = Counter(archive.namelist())
    yield from sorted(name for name, times in there.items() if times > 1 or name not in {*listed, MANIFEST})
    for name, sha256 in sorted(listed.items()):
        if there[name] < 2 and (name not in there or _sha256(archive, name) != sha256):
            yield name


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except UNREADABLE:
        return ""
    return digest.hexdigest()
