"""What is counted while the tests run is what coverage.py would have counted by tracing."""

import ast
import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import coverage
import slipcover
from slipcover.branch import preinstrument

from tests.counting import BASE_DIR, FOR_PROCESSES, for_processes, steps

SOURCE = '''
def told(kind, numbers):
    """Say what it is."""
    match kind:
        case "few" if len(numbers) < 3:
            said = "few"
        case "many":
            said = "many"
        case "all" | "none":
            said = (
                "all"
            )
    for number in numbers:
        if number > 2:
            break
        if not number:
            continue
    else:
        said += "!"
    while numbers:
        if numbers.pop() == 7:
            return said
    if kind == "few":
        return "few"


told("many", [1, 2, 3])
told("all", [0])
told("few", [])
'''


def test_it_is_what_tracing_would_have_counted(tmp_path):
    file = tmp_path / "told.py"
    file.write_text(SOURCE)
    counter = slipcover.Slipcover(branch=True, immediate=True)
    exec(counter.instrument(compile(preinstrument(ast.parse(SOURCE)), str(file), "exec")), {})
    [taken] = counter.get_coverage()["files"].values()
    by_marks = coverage.CoverageData(basename=str(tmp_path / "marked"))
    by_marks.add_arcs({str(file): steps(file, set(taken["executed_lines"]), set(taken["executed_branches"]))})
    by_marks.write()
    traced = ["--branch", "--rcfile=", "--data-file", str(tmp_path / "traced")]
    subprocess.run([sys.executable, "-m", "coverage", "run", *traced, str(file)], check=True)

    found = reported(tmp_path / "marked")

    assert found == reported(tmp_path / "traced")
    assert found["missing_lines"] == [22]
    assert found["missing_branches"] == [[9, 13], [21, 22]]


def test_a_process_that_works_elsewhere_leaves_the_same_files_out(tmp_path):
    """So that a test which runs a program in a folder of its own does not make all tests count as code that nobody took."""
    told = base64.b64decode(for_processes())
    kept = tmp_path / "kept"
    how = json.loads(told) | {"data_file": str(kept)}
    environment = os.environ | {FOR_PROCESSES: base64.b64encode(json.dumps(how).encode()).decode()}
    subprocess.run([sys.executable, "-c", ""], cwd=tmp_path, env=environment, check=True)
    [file] = tmp_path.glob("kept.*")
    data = coverage.CoverageData(basename=str(file))
    data.read()

    counted = {Path(name).relative_to(BASE_DIR) for name in data.measured_files()}

    left_out = {
        name for name in counted if name.parts[0] in ("tests", "bench", "torture") or "migrations" in name.parts
    }
    assert Path("config/urls.py") in counted and not left_out


def reported(data: Path) -> dict:
    """Return what coverage.py reports of the only file that was counted."""
    counting = coverage.Coverage(data_file=data, config_file=False)
    counting.load()
    counting.json_report(outfile=f"{data}.json")
    [file] = json.loads(Path(f"{data}.json").read_text())["files"].values()
    return {key: file[key] for key in ("executed_lines", "missing_lines", "executed_branches", "missing_branches")}
