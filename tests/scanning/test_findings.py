"""`make audit`'s scanner: what it says stands in docs/security.md with a reason, or the command fails."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from scanning.findings import EXPLAINED, Finding, Scan, explanations, reported, unexplained, written

TEXT = f"""
{EXPLAINED}

| It says | Of | Because |
|---|---|---|
| Backup file | `GET /files/*` | They are there to be taken. |

## Another part

| SQL Injection | `*` | This table explains nothing. |
"""


def report(tmp_path, **said):
    file = tmp_path / "report.json"
    one = {"info": "a sentence\n on two lines", "module": "backup", "parameter": ""}
    filled = {says: [{**one, "method": method, "path": path} for method, path in where] for says, where in said.items()}
    file.write_text(json.dumps({"vulnerabilities": {"Nothing of this sort": []}, "anomalies": filled}))
    return reported(file)


def test_what_the_document_explains_is_left_out_and_nothing_else(tmp_path):
    found = report(
        tmp_path,
        **{"Backup file": [("GET", "/files/a"), ("POST", "/files/a")], "SQL Injection": [("GET", "/files/a")]},
    )
    assert len(found) == 3
    assert [str(one) for one in unexplained(found, explanations(TEXT))] == [
        "Backup file: `POST /files/a`: a sentence on two lines",
        "SQL Injection: `GET /files/a`: a sentence on two lines",
    ]


def test_the_same_thing_is_said_once(tmp_path):
    assert len(report(tmp_path, **{"Backup file": [("GET", "/a"), ("GET", "/a")]})) == 1


def test_every_row_of_the_document_is_read():
    part = (Path(settings.BASE_DIR) / "docs" / "security.md").read_text("utf-8").partition(EXPLAINED)[2]
    rows = re.findall(r"(?m)^\| .*`.*\|$", part.partition("\n## ")[0])
    assert len(rows) == len(explanations())


@pytest.mark.parametrize("is_whole, says", [(True, False), (False, True)])
def test_the_report_says_what_was_found_and_whether_a_scan_lasted(is_whole, says):
    found = [Finding("Backup file", "GET /files/a"), Finding("SQL Injection", "GET /b")]
    scan = Scan("partner", found, Counter({2: 10, 4: 3}), 7, is_whole, found[1:])
    text = written(scan, "At ten.")
    assert text.startswith("At ten.\n\n13 requests (2xx × 10, 3xx × 0, 4xx × 3, 5xx × 0), 7 addresses answered.\n")
    assert "NOT EXPLAINED: SQL Injection: `GET /b`" in text and "Backup file: 1, explained" in text
    assert ("NOT WHOLE" in text) == says
