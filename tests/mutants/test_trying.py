"""A mutant that acts while its module is imported is told to a new process; a run that ends early has no verdict."""

import os
import subprocess
import sys

from mutants.__main__ import _judged
from mutants.trying import BASE_DIR, told_by


def test_a_new_process_imports_the_mutant_however_many_tests_reach_it(tmp_path):
    text = (BASE_DIR / "core" / "sets.py").read_text("utf-8") + '\nMUTATED = "yes"\n'
    first = [f"tests/somewhere/test_of_something.py::test_{'x' * 60}[{number}]" for number in range(3_000)]
    told = told_by(tmp_path / "told", {"path": "core/sets.py", "text": text}, first)
    program = "import mutants.importing as told; from core import sets; print(sets.MUTATED, len(told.TOLD['first']))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=BASE_DIR, env=os.environ | told, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["yes", "3000"]


def test_a_run_that_ends_early_is_not_good():
    killed = {"verdict": "killed"}
    made = {"all": 224, "chosen": [{}] * 60}
    is_good, said = _judged("permissions", made, [killed] * 59, 90)
    assert not is_good and "59 of 60" in said[2]
    assert _judged("permissions", made, [killed] * 60, 90)[0]
