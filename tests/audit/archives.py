"""The auditor's archive as a test holds it: taken, read by its own program, and forged."""

import hashlib
import importlib.util
import json
import zipfile
from io import BytesIO

from django.utils import timezone

from audit.archive import PROGRAM, write_archive

spec = importlib.util.spec_from_file_location("verify", PROGRAM)
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)


def archive(on=None) -> bytes:
    file = BytesIO()
    write_archive(file, on or timezone.localdate())
    return file.getvalue()


def problems(content: bytes, earlier: bytes | None = None, **said) -> list[str]:
    then = verify.Archive(BytesIO(earlier)) if earlier else None
    return list(verify.problems_of(verify.Archive(BytesIO(content)), earlier=then, **said))


def changes(content: bytes, earlier: bytes) -> list[str]:
    return list(verify.changes(verify.Archive(BytesIO(content)), verify.Archive(BytesIO(earlier))))


def forged(content: bytes, changed: dict) -> bytes:
    """Return the archive with files changed, and a manifest that says so: the forger knows how it is made."""
    files = read(content)
    for name, change in changed.items():
        files[name] = _as_bytes(name, change(_as_lines(name, files[name])))
    manifest = json.loads(files["manifest.json"])
    manifest["files"] |= {name: hashlib.sha256(files[name]).hexdigest() for name in changed if name != "manifest.json"}
    files["manifest.json"] = _as_bytes("manifest.json", manifest)
    return packed(files)


def assert_each_is_named(forgeries: dict[str, tuple[dict, str]]) -> None:
    """Check that of each forgery of today's archive (the changed files) a problem contains the text beside it."""
    true = archive()
    assert problems(true) == []
    for what, (changed, said) in forgeries.items():
        found = problems(forged(true, changed))
        assert any(said in problem for problem in found), (what, found)


def read(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    return file.getvalue()


def _as_lines(name: str, content: bytes):
    if name.endswith(".json"):
        return json.loads(content)
    lines = content.decode().splitlines()
    return [json.loads(line) for line in lines] if name.endswith(".jsonl") else lines


def _as_bytes(name: str, changed) -> bytes:
    if isinstance(changed, bytes):
        return changed
    if name.endswith(".json"):
        return _written(changed, 1 if name == "manifest.json" else None)
    return b"".join(_written(line) if name.endswith(".jsonl") else f"{line}\n".encode() for line in changed)


def _written(said, indent: int | None = None) -> bytes:
    return (json.dumps(said, ensure_ascii=False, sort_keys=True, indent=indent) + "\n").encode()
