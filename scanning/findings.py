"""What a scanner reports, and which of it docs/security.md explains."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from bench.processes import BASE_DIR

EXPLAINED = "## What the scanner says, and why it stands"
# A row: what it says, where (a pattern), why it stands.
ROW = re.compile(r"^\| (?P<says>[^|]+) \| `(?P<where>[^`|]+)` \| (?P<why>[^|]+) \|$", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Finding:
    says: str
    where: str
    info: str = ""

    def __str__(self) -> str:
        return f"{self.says}: `{self.where}`{': ' if self.info else ''}{self.info}"


@dataclass
class Scan:
    """One scan: as whom, what was found, and what the site answered meanwhile."""

    who: str
    findings: list[Finding]
    statuses: Counter
    pages: int
    is_whole: bool = True
    unexplained: list[Finding] = field(default_factory=list)


def reported(file: Path) -> list[Finding]:
    """Return what stands in wapiti's report, each thing once for each address and what it says of it."""
    report = json.loads(file.read_text("utf-8"))
    found = set()
    for part in ("vulnerabilities", "anomalies"):
        for says, ones in report[part].items():
            found |= {Finding(says, f"{one['method']} {one['path']}", " ".join(one["info"].split())) for one in ones}
    return sorted(found)


def explanations(text: str | None = None) -> list[tuple[str, str]]:
    """Return what the scanner says and where, of all that docs/security.md explains."""
    text = (BASE_DIR / "docs" / "security.md").read_text("utf-8") if text is None else text
    part = text.partition(EXPLAINED)[2].partition("\n## ")[0]
    return [(row["says"], row["where"]) for row in ROW.finditer(part)]


def unexplained(findings: list[Finding], explained: list[tuple[str, str]]) -> list[Finding]:
    return [
        one
        for one in findings
        if not any(one.says == says and fnmatchcase(one.where, where) for says, where in explained)
    ]


def written(scan: Scan, how: str) -> str:
    """Return the section of the report on a scan."""
    count = Counter(one.says for one in scan.findings if one not in scan.unexplained)
    sorts = ", ".join(f"{number}xx × {scan.statuses[number]}" for number in (2, 3, 4, 5))
    lines = [how, "", f"{scan.statuses.total()} requests ({sorts}), {scan.pages} addresses answered.", ""]
    if not scan.is_whole:
        lines.append("- NOT WHOLE: the scan ended, or its session was over, before its time.")
    lines += [f"- NOT EXPLAINED: {one}" for one in scan.unexplained]
    lines += [f"- {says}: {number}, explained in docs/security.md" for says, number in sorted(count.items())]
    if not scan.findings and scan.is_whole:
        lines.append("Nothing was found.")
    return "\n".join(lines)
