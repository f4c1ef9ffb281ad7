"""Writes the auditor's archive: one ZIP, as of a day, read in one transaction so that all of it is of the same moment."""

import datetime
import hashlib
import json
import zipfile
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction

from audit import contents

PROGRAM = Path(__file__).with_name("verify.py")
# Two archives of the same records are the same bytes.
SAME_TIME = (1980, 1, 1, 0, 0, 0)
README = """The auditor's archive of {origin}, as of {on}.

    python verify.py {name}
    python verify.py {name} --since the-archive-of-your-last-visit.zip

needs Python 3.8 or later and nothing else. Read verify.py before you trust it, or write your own: all other files are text.

entries.jsonl       the ledger: what each entry says, the hash before it, and its own
sponsorships.jsonl  where each account counts, whether the public counts it, and where its chain ends
shares.jsonl        chairs that several clusters fund, and how their money is divided
agreements.jsonl    the SHA-256 of each agreement in force
reports.jsonl       accepted yearly reports, with their SHA-256
leaves.txt          the transparency log, a leaf a line (RFC 9162)
heads.jsonl         its signed heads, with what witnesses signed
definitions.json    which entries each figure adds up
figures.jsonl       every figure of money that the site shows on the day
manifest.json       the day, the keys of the log, and the SHA-256 of each file here
"""


class Writer:
    """Writes files into a ZIP and remembers what each is."""

    def __init__(self, file: BinaryIO) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.files: dict[str, str] = {}

    def write(self, name: str, chunks: Iterable[str]) -> None:
        digest = hashlib.sha256()
        with self.zip.open(zipfile.ZipInfo(name, SAME_TIME), "w", force_zip64=True) as file:
            for chunk in chunks:
                content = chunk.encode("utf-8")
                digest.update(content)
                file.write(content)
        self.files[name] = digest.hexdigest()


def write_archive(file: BinaryIO, on: datetime.date, name: str = "audit.zip") -> None:
    """Write the archive as of a day into an open file."""
    with _one_moment():
        manifest = contents.manifest(on)
        writer = Writer(file)
        writer.write("README.txt", [README.format(origin=manifest["origin"], on=manifest["on"], name=name)])
        writer.write("verify.py", [PROGRAM.read_text("utf-8")])
        for part in ("entries", "sponsorships", "shares", "agreements", "reports", "heads"):
            writer.write(f"{part}.jsonl", map(_line, getattr(contents, part)()))
        writer.write("figures.jsonl", map(_line, contents.figures(on)))
        writer.write("leaves.txt", (f"{leaf}\n" for leaf in contents.leaves()))
        writer.write("definitions.json", [_line(contents.definitions())])
        listed = dict(writer.files)
        writer.write("manifest.json", [_line({**manifest, "files": listed})])
        writer.zip.close()


@contextmanager
def _one_moment():
    """Read everything within as it stood when the first row was read, and keep nobody from writing meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django's own transactions take the turn of those who write.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _line(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"
