"""Counting which lines and branches the tests take, where bin/test asks for it by `-p tests.counting`.

What runs in a process of the tests is counted by SlipCover, which marks the code, and takes each mark away once it was seen: to trace,
as coverage.py does on this Python, makes the run two thirds longer (docs/decisions/test-tools.md). The processes that tests start are
few, and coverage.py counts them. `python -m tests.counting` then keeps what SlipCover counted as coverage.py would have, whose report
judges both.
"""

import json
import os
from collections import defaultdict, deque
from contextlib import contextmanager
from pathlib import Path

import coverage
import pytest
from coverage.parser import PythonParser

# Where coverage.py finds, in a process that is started, that it is to count, and how.
FOR_PROCESSES = "COVERAGE_PROCESS_CONFIG"
BASE_DIR = Path(__file__).resolve().parent.parent
COUNTED = ".counted.{}.json"

Steps = set[tuple[int, int]]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Begin before anything of ours is imported. A process that only hands out tests to workers has nothing to count."""
    if not early_config.known_args_namespace.numprocesses or "PYTEST_XDIST_WORKER" in os.environ:
        early_config.pluginmanager.register(Counter(), "counter")


class Counter:
    """Counts this process from now on, and keeps what was taken when the run ends."""

    def __init__(self):
        import slipcover  # late: pytest wants to see first what brings a plugin for it

        counting = coverage.Coverage()
        os.environ[FOR_PROCESSES] = for_processes()
        self.counted = slipcover.Slipcover(branch=True, immediate=True)
        # What Python brings compiled into itself says that it comes from a file "frozen".
        ours = slipcover.FileMatcher(omit=[*counting.get_option("run:omit"), "frozen"])
        slipcover.ImportManager(self.counted, ours).__enter__()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self):
        (BASE_DIR / COUNTED.format(os.getpid())).write_text(json.dumps(self.counted.get_coverage()["files"]))


def for_processes() -> str:
    """Return what a process started in any folder is told: what is left out is named from the root, as coverage.py names what is counted.

    Otherwise a process that works elsewhere leaves nothing out, and gives all files of the tests as not taken.
    """
    counting = coverage.Coverage()
    counting.set_option("run:omit", [str(BASE_DIR / pattern) for pattern in counting.get_option("run:omit")])
    return counting.config.serialize()


@contextmanager
def no_process_counted():
    """Count no process that is started within."""
    how = os.environ.pop(FOR_PROCESSES, None)
    yield
    if how:
        os.environ[FOR_PROCESSES] = how


def main() -> None:
    """Give coverage.py what SlipCover counted, in a file of its own among those that it combines."""
    counting = coverage.Coverage()
    # Nothing runs between, but what there is to count is noted: a file that no test imports is not taken either.
    counting.start()
    counting.stop()
    lines, branches = defaultdict(set), defaultdict(set)
    for kept in BASE_DIR.glob(COUNTED.format("*")):
        for name, taken in json.loads(kept.read_text()).items():
            lines[name].update(taken["executed_lines"])
            branches[name].update(map(tuple, taken["executed_branches"]))
        kept.unlink()
    counting.get_data().add_arcs(
        {str(BASE_DIR / name): steps(BASE_DIR / name, lines[name], branches[name]) for name in lines}
    )
    counting.save()


def steps(file: Path, lines: set[int], branches: Steps) -> Steps:
    """Return what was taken as coverage.py keeps it: steps from line to line, to a negative number where a function is left."""
    parser = PythonParser(filename=str(file))
    parser.parse_source()
    # A step from a line to itself says only that it was run.
    found = {(line, line) for line in lines}
    for source, target in branches:
        found |= way(source, target, parser.arcs(), through=lines)
    return found


def way(source: int, target: int, possible: Steps, *, through: set[int]) -> Steps:
    """Return the steps by which coverage.py comes from one line to the other.

    It is one, but from `match` to what a case does: SlipCover goes there at once, coverage.py by each case before. SlipCover calls
    the end of any function 0, which coverage.py calls by the function's first line.
    """
    if not target:
        return {step for step in possible if step[0] == source and step[1] < 0}
    before, waiting = {source: 0}, deque([source])
    while waiting and target not in before:
        line = waiting.popleft()
        for after in sorted(after for first, after in possible if first == line):
            if after in through and after not in before:
                before[after] = line
                waiting.append(after)
    found = set()
    while before.get(target):
        found.add((before[target], target))
        target = before[target]
    return found


if __name__ == "__main__":
    main()
