"""`make audit`: the long checks, one after the other; bin/audit.toml lists them.

Usage: bin/audit.py [scanner torture …]

Without a name all of them run, even if one fails. A name stands for a part (`torture-sqlite`), or for all that begin with it (`torture`).
Each part replaces its own row in docs/audit/<day>.md when it ends, so the whole can be run over an evening in pieces. What a part
printed is in var/audit/.
"""

import argparse
import datetime
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE_DIR))

from bench.sections import AUDITS, commit  # noqa: E402

PARTS = BASE_DIR / "bin" / "audit.toml"
LOGS = BASE_DIR / "var" / "audit"
HEAD = """# The long checks, {day}

By `make audit`, each part by itself: one that is missing was not run that day.

| Part | What it does | Result | Seconds | Of | Ended at |
|---|---|---|---|---|---|
"""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# pytest's closing line, without its dashes and its time.
CLOSING = re.compile(r"^=+ (.*?)(?: in [0-9.]+s.*)? =+$")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/audit.py", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="part", help="default: all of them")
    parser.add_argument("--parts", type=Path, default=PARTS, help="the file that lists the parts")
    parser.add_argument("--into", type=Path, default=AUDITS, help="the folder of the report")
    asked = parser.parse_args()
    known = {part["name"]: part for part in tomllib.loads(asked.parts.read_text("utf-8"))["part"]}
    # A part that runs past midnight belongs to the day on which it began.
    report = asked.into / f"{datetime.date.today()}.md"
    good = [_run(known[name], known, report) for name in _chosen(parser, asked.names, list(known))]
    print(f"Written into {report}.")
    sys.exit(not all(good))


def _chosen(parser: argparse.ArgumentParser, asked: list[str], known: list[str]) -> list[str]:
    """Return the names of the parts to run, in the order of the file."""
    for one in asked:
        if not any(_is_of(name, one) for name in known):
            parser.error(f"There is no part “{one}”. The parts are: {', '.join(known)}.")
    return [name for name in known if not asked or any(_is_of(name, one) for one in asked)]


def _is_of(name: str, asked: str) -> bool:
    return name == asked or name.startswith(f"{asked}-")


def _run(part: dict[str, str], known: dict[str, dict[str, str]], report: Path) -> bool:
    print(f"== {part['name']}: {part['what']}", flush=True)
    of, began = commit(), time.monotonic()
    status, said = _output(part)
    seconds = round(time.monotonic() - began)
    result = f"{'' if status == 0 else '**Failed.** '}{said}".replace("|", "\\|")
    now = f"{datetime.datetime.now():%Y-%m-%d %H:%M}"
    _write(report, f"| {part['name']} | {part['what']} | {result} | {seconds:,} | {of} | {now} |", list(known))
    return status == 0


def _output(part: dict[str, str]) -> tuple[int, str]:
    """Run a part, showing and keeping what it prints. Return its exit status and its last line."""
    LOGS.mkdir(parents=True, exist_ok=True)
    last = "It printed nothing."
    with (LOGS / f"{part['name']}.log").open("w") as log:
        run = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
        with subprocess.Popen(part["command"], shell=True, cwd=BASE_DIR, **run) as process:
            for line in process.stdout:
                print(line, end="", flush=True)
                print(line, end="", file=log, flush=True)
                last = COLOURS.sub("", line).strip() or last
    return process.returncode, CLOSING.sub(r"\1", last)


def _write(report: Path, row: str, order: list[str]) -> None:
    """Put a row into the report in the place of the part's earlier one. The other rows stay as they are."""
    kept = report.read_text("utf-8").splitlines() if report.exists() else []
    rows = {_name(line): line for line in [*kept, row] if _name(line) in order}
    report.parent.mkdir(parents=True, exist_ok=True)
    # Written beside it first: a machine that stops meanwhile loses no row.
    new = report.with_suffix(".part")
    lines = [rows[name] for name in order if name in rows]
    new.write_text(HEAD.format(day=report.stem) + "\n".join([*lines, ""]), "utf-8")
    new.replace(report)


def _name(line: str) -> str:
    return line.split("|")[1].strip() if line.startswith("|") else ""


if __name__ == "__main__":
    main()
