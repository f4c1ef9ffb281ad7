"""`make audit` runs its parts all or one at a time, and each writes its own row of the day's report."""

import datetime
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

BASE_DIR = Path(settings.BASE_DIR)
PARTS = """
[[part]]
name = "quick"
what = "Says a word"
command = "echo first; echo; echo '== 3 passed, 1 skipped in 2.50s =='; echo"

[[part]]
name = "slow-one"
what = "Fails"
command = "echo 'a | b'; exit 3"

[[part]]
name = "slow-two"
what = "Says what stands in a file"
command = "cat {folder}/said"
"""


@pytest.fixture
def audit(tmp_path):
    (tmp_path / "parts.toml").write_text(PARTS.format(folder=tmp_path))
    (tmp_path / "said").write_text("one\n")

    def run(*names):
        command = [sys.executable, "bin/audit.py", *names, "--parts", tmp_path / "parts.toml", "--into", tmp_path]
        return subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False)

    return run


def rows(folder):
    text = (folder / f"{datetime.date.today()}.md").read_text("utf-8")
    assert text.count("# The long checks") == 1
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in text.splitlines() if "|" in line]
    return {name: more for name, *more in cells[2:]}


def test_all_run_though_one_fails_and_each_has_its_row(audit, tmp_path):
    assert audit().returncode == 1
    found = rows(tmp_path)
    assert list(found) == ["quick", "slow-one", "slow-two"]
    assert [row[1] for row in found.values()] == ["3 passed, 1 skipped", r"**Failed.** a \| b", "one"]
    for row in found.values():
        assert row[3] and datetime.datetime.fromisoformat(row[4]).date() == datetime.date.today()


def test_a_part_alone_replaces_its_own_row_and_leaves_the_others(audit, tmp_path):
    audit("slow")
    before = rows(tmp_path)
    assert list(before) == ["slow-one", "slow-two"]
    (tmp_path / "said").write_text("another\n")
    assert audit("slow-two").returncode == 0
    after = rows(tmp_path)
    assert after["slow-one"] == before["slow-one"] and after["slow-two"][1] == "another"
    assert audit("quick").returncode == 0
    assert list(rows(tmp_path)) == ["quick", "slow-one", "slow-two"]


def test_an_unknown_name_runs_nothing_and_lists_the_names(audit, tmp_path):
    done = audit("quick", "slo")
    assert done.returncode == 2 and "no part “slo”" in done.stderr and "slow-two" in done.stderr
    assert not list(tmp_path.glob("*.md"))


def test_the_parts_are_those_of_the_commands():
    parts = tomllib.loads((BASE_DIR / "bin" / "audit.toml").read_text("utf-8"))["part"]
    commands = " ".join(part["command"] for part in parts)
    for package in ("fuzzing", "scanning", "mutants", "torture", "bench"):
        assert f"-m {package}" in commands and (BASE_DIR / package / "__main__.py").exists()
    assert len({part["name"] for part in parts}) == len(parts)
    assert re.search(
        r"^audit: .*\n\t.*bin/audit.py \$\(PART\)$", (BASE_DIR / "Makefile").read_text("utf-8"), re.MULTILINE
    )
