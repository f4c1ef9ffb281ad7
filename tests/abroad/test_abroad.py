"""The main journeys with another country's programme, twelve clusters and three languages, from one data file.

Which languages there are is settled when the site starts, so they are walked in a run of their own.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.abroad.pages import hard_wired, outside_the_marks
from tests.abroad.pseudo import said

HERE = Path(__file__).parent
# Each is of the run that this one is, not of the one that it starts.
OF_THIS_RUN = ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID", "PYTEST_CURRENT_TEST", "PYTEST_ADDOPTS")


@pytest.mark.exhaustive
def test_another_countrys_programme_walks(pytestconfig):
    environment = {name: value for name, value in os.environ.items() if name not in OF_THIS_RUN}
    environment["TESTED_PROGRAMME"] = str(HERE / "demonstria.json")
    journeys = [str(HERE / "journeys.py"), "--ds=tests.abroad.settings", "-p", "no:cacheprovider", "-q"]
    database = ["--database", pytestconfig.getoption("database")]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *journeys, *database],
        env=environment,
        capture_output=True,
        text=True,
        cwd=HERE.parent.parent,
    )
    assert run.returncode == 0 and " passed" in run.stdout, run.stdout[-6000:] + run.stderr[-2000:]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("A chair", "⟦À çĥàîŕ⟧"),
        ("%(number)d chairs of <b>{name}</b>", "⟦%(number)d çĥàîŕš öƒ <b>{name}</b>⟧"),
        ("\nEnd.\n", "\n⟦Éñđ.⟧\n"),
        ("%(year)d–%(next)d", "%(year)d–%(next)d"),
        (":", ":"),
    ],
)
def test_the_pseudo_language_keeps_what_is_filled_in(text, spoken):
    assert said(text) == spoken


def test_a_word_outside_the_marks_is_found_and_what_is_filled_in_is_not():
    import re

    assert outside_the_marks("⟦a ⟦b⟧ c⟧ d") == "d"
    known = re.compile("Ada")
    page = '<p title="Hint">⟦Ñàɱé⟧ Ada <b>Home</b><script>var x</script></p>'
    assert hard_wired(page, known) == ["Home", "Hint"]
