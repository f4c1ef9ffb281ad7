"""Reports in docs/audit that several runs write: a run replaces its own sections, and leaves the others as they are."""

import datetime
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bench.processes import BASE_DIR

AUDITS = BASE_DIR / "docs" / "audit"
# What the long checks write themselves changes nothing of what they check.
OWN = (":!docs/audit", ":!bench/results", ":!bench/report.md")


def replace(file: Path, head: str, sections: dict[str, str], order: Iterable[str]) -> str:
    """Put sections, by their titles, into a report, and return its text. Those that `order` does not name come last."""
    written = file.read_text("utf-8") if file.exists() else ""
    parts = dict(_titled(part) for part in f"\n{written}".split("\n## ")[1:]) | sections
    names = [name for name in order if name in parts]
    names += [name for name in parts if name not in names]
    text = "\n".join([head.rstrip() + "\n", *(f"## {name}\n\n{parts[name].strip()}\n" for name in names)])
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written beside it first: a machine that stops meanwhile loses no earlier section.
    part = file.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(file)
    return text


def _titled(part: str) -> tuple[str, str]:
    title, _, text = part.partition("\n")
    return title.strip(), text


def stamp() -> str:
    """Return when this is and of which commit, as a report says it."""
    return f"{datetime.datetime.now():%Y-%m-%d %H:%M}, of {commit()}"


def commit() -> str:
    found = _git("rev-parse", "--short", "HEAD")
    if not found:
        return "no known commit"
    return f"{found} with changes" if _git("status", "--porcelain", "--", ".", *OWN) else found


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=BASE_DIR, capture_output=True, text=True, check=False)
    return "" if done.returncode else done.stdout.strip()
