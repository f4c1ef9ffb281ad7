"""`make bench` leaves a report of its day beside those of `make audit` and `make torture`."""

import datetime

from bench import report


def test_a_run_leaves_a_dated_report_whose_links_lead_somewhere(tmp_path):
    there = report.AUDITS.relative_to(report.REPORT.parent.parent)
    kept = report.keep(datetime.date(2026, 11, 29), tmp_path / there)
    assert kept == tmp_path / "docs" / "audit" / "2026-11-29-bench.md"
    text = kept.read_text("utf-8")
    assert "# What a page costs" in text and "](../performance.md)" in text
    assert (report.AUDITS / "../performance.md").resolve().exists()
