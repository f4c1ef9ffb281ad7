"""`make bench`: its rows lead to pages that exist, its clock is the kernel's, its table says what is above a goal."""

import json
import os
import re

import pytest
from django.urls import resolve

from bench import report
from bench.pages import AGAIN, NOBODY, PAGES, any_size
from bench.processes import Process
from config.demonstration import ACCOUNTS

RECORDS = {
    "cluster": "dataia",
    "theme": "dataia/vision",
    "wish": "dataia/vision",
    "chair": "/en/chairs/dataia/one/",
    "chair_key": "1",
    "sponsorship_key": "1",
    "day": "2026-01-01",
    "sitemap": "/sitemap-chairs.xml",
}
RESULT = {
    "database": "sqlite",
    "chairs": 400,
    "on": "2026-11-27",
    "commit": "abc1234",
    "weighed": {page.name: {"queries": 2, "bytes": 9_000, "compressed": 1_000} for page in PAGES},
    "seconds": {"hello": 0.0003, "floor": 0.002} | {page.name: 0.004 for page in PAGES},
    "memory": {"now": 140.2, "peak": 151.0, "part": 80.0},
    "nights": {
        "check_ledger": {"seconds": 1.25, "queries": 1_234},
        "sizes": {"index": 3_000_000, "text": 1_500_000},
    },
}


@pytest.mark.parametrize("page", [*PAGES, *AGAIN], ids=lambda page: page.name)
def test_a_row_leads_to_a_page_and_to_an_account_of_the_demonstration(page):
    assert resolve(page.path.format(**RECORDS).partition("?")[0])
    known = {re.sub("<cluster>", "dataia", account) for account in ACCOUNTS}
    assert page.account in {NOBODY, *known}


def test_a_goal_is_that_of_the_size():
    page = next(page for page in PAGES if page.name == "search, a word in 30%")
    assert [page.goal(size) for size in (100, 400, 401, 10_000, 100_000, 200_000)] == [2.5, 2.5, 4, 4, 12, 12]
    assert any_size(3) == (3, 3, 3)


def test_the_kernel_says_what_a_process_spent_and_holds():
    us = Process(os.getpid())
    before = us.spent()
    assert sum(number % 7 for number in range(2_000_000)) > 0
    assert us.spent() > before
    assert us.family()[0] == os.getpid()


def test_a_cost_above_its_goal_is_in_bold():
    table = report.table([RESULT])
    assert "| directory with all facets | ≤ 2 | 2.0 | 2 | 9.0 | 1.0 |" in table
    assert "| home | ≤ 1 | **2.0** | 2 | 9.0 | 1.0 |" in table
    assert "| memory per worker after the rounds (MB) | ≤ 130 | **140** |" in table
    assert "| home again, unchanged data | ≤ 2 | — |" in table
    assert "| `check_ledger` | 1.2 s, 1,234 statements |" in report.nights([RESULT])
    assert "3.0 MB of 1.5 MB of text: 2.0 ×" in report.nights([RESULT])


def test_the_report_has_a_part_for_each_database(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "REPORT", tmp_path / "report.md")
    (tmp_path / "sqlite-400.json").write_text(json.dumps(RESULT))
    report.write(tmp_path)
    text = (tmp_path / "report.md").read_text()
    assert "## SQLite" in text and "## PostgreSQL" not in text
    assert "- 400 chairs: on 2026-11-27, at abc1234; hello 0.30 ms, floor 2.00 ms." in text
