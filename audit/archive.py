"""Write the auditor's archive: one ZIP as of a day, read in one transaction so that all of it is consistent."""

import datetime
import json
import re
from pathlib import Path
from typing import Any, BinaryIO

from audit import contents, counted_records
from core.hashed_zip import HashedZip
from core.one_moment import one_moment

PROGRAM = Path(__file__).with_name("verify.py")
# Each import of this app's code is replaced by the module itself: the auditor's copy is one file.
OWN_IMPORT = re.compile(r"^from audit\.(\w+) import (?:\([^)]*\)|[^\n]*)\n+", re.MULTILINE)
README = """The auditor's archive of {origin}, as of {on}.

    python -I verify.py {name}
    python -I verify.py {name} --since the-archive-of-your-last-visit.zip

needs Python 3.8 or later and nothing else; -I keeps it from running what else lies in the folder. Read verify.py before you
trust it, or write your own: all other files are text. Better still, run the verify.py of your last visit.
`python -I verify.py --help` lists what else it compares: keys, witnesses and heads of the log that you have from elsewhere,
and proofs that others show you.

The log proves the ledger, agreements and yearly reports. It does not contain, so you must trust the archive on: which chair
and cluster an account belongs to, which sponsorships are public or a demonstration, how shared chairs are divided, what each
figure adds up (definitions.json), and which chairs, intakes and start-ups exist. With --since you see what changed of these.

entries.jsonl       the ledger: what each entry says, the hash before it, and its own
sponsorships.jsonl  where each account counts, whether the public counts it, and where its chain ends
shares.jsonl        chairs that several clusters fund, and how their money is divided
agreements.jsonl    the SHA-256 of each agreement in force
reports.jsonl       accepted yearly reports, with their SHA-256
leaves.txt          the transparency log, a leaf a line (RFC 9162)
heads.jsonl         its signed heads, with what witnesses signed
definitions.json    which entries each figure adds up
figures.jsonl       every figure of money that the site shows on the day
chairs.jsonl        public chairs and their themes, as they are counted when this is written
intakes.jsonl       whom training programmes count, by cluster and academic year; overlaps.jsonl who is counted by several
start_ups.jsonl     start-ups, the year in which each was founded, and whether research led to it
counts.jsonl        every count of these that the site shows
manifest.json       the day, the keys of the log, and the SHA-256 of each file here
"""


def write_archive(file: BinaryIO, on: datetime.date, name: str = "audit.zip") -> None:
    """Write the archive as of a day into an open file; `name` is its file name, for the README."""
    with one_moment(), HashedZip(file) as writer:
        manifest = contents.manifest(on)
        writer.write("README.txt", [README.format(origin=manifest["origin"], on=manifest["on"], name=name)])
        writer.write("verify.py", [program()])
        for part in ("entries", "sponsorships", "shares", "agreements", "reports", "heads"):
            writer.write(f"{part}.jsonl", map(_line, getattr(contents, part)()))
        writer.write("figures.jsonl", map(_line, contents.figures(on)))
        for part in ("chairs", "intakes", "overlaps", "start_ups", "counts"):
            writer.write(f"{part}.jsonl", map(_line, getattr(counted_records, part)()))
        writer.write("leaves.txt", (f"{leaf}\n" for leaf in contents.leaves()))
        writer.write("definitions.json", [_line(contents.definitions())])
        writer.close(manifest)


def program() -> str:
    """Return the source of the program that verifies an archive, as one file."""
    taken_in: set[str] = set()

    def source(name: str) -> str:
        return OWN_IMPORT.sub(replacement, PROGRAM.with_name(f"{name}.py").read_text("utf-8"))

    def replacement(found: re.Match[str]) -> str:
        name = found[1]
        if name in taken_in:
            return ""
        taken_in.add(name)
        return f"# --- {name}.py\n\n{source(name)}\n\n"

    return source("verify")


def _line(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"
