"""A pytest plugin that runs the tests of an area once, then a fork of this process for each mutant with the tests that reach it.

Starting pytest takes ten seconds per mutant; a fork, with tests collected and the database ready, starts at once.
"""

import ast
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import coverage
import hypothesis

from mutants import swapping
from mutants.areas import NOTICES
from mutants.equivalent import why_not_seen

BASE_DIR = Path(__file__).resolve().parent.parent
# Limits in seconds of processor time, and of elapsed time. What computes longer counts as killed; what waits longer does not.
SECONDS, PATIENCE = 20, 900
FAILED = 1
# The same examples for each mutant, and none stored by another run.
hypothesis.settings.register_profile("mutants", deadline=None, max_examples=50, derandomize=True, database=None)


def pytest_addoption(parser):
    parser.addoption("--mutants", help="a file with what `mutants.making` printed; answers are written beside it")


def pytest_runtestloop(session):
    """Try all mutants, instead of the usual test run."""
    asked = Path(session.config.getoption("mutants"))
    kept = _killed_before(asked.with_suffix(".answers"))
    mutants = json.loads(asked.read_text("utf-8"))["chosen"]
    texts = {one["path"]: (BASE_DIR / one["path"]).read_text("utf-8") for one in mutants}
    # Imported late: it needs the settings.
    from mutants.apart import typeset_apart

    with typeset_apart():
        items, reached, took = _first_run(session, sorted(texts))
    if items is None:
        asked.with_suffix(".answers").unlink(missing_ok=True)
        return True
    live, answers = swapping.live_functions(texts), []
    for one in mutants:
        if (one["path"], one["text"]) in kept:
            _keep(answers, kept[one["path"], one["text"]], asked)
            continue
        pairs = swapping.replacements(texts[one["path"]], one["text"])
        # What acts while its module is imported: no test reaches it, so those come first that reach the rest of the module.
        lines = _lines_of(texts[one["path"]], one["line"]) if pairs is not None else reached[one["path"]]
        names = set().union(*(reached[one["path"]].get(line, set()) for line in lines))
        chosen = _in_order([item for item in items if item.nodeid in names], took)
        began = time.monotonic()
        verdict = _verdict(session, chosen, pairs, live, one)
        took_seconds = round(time.monotonic() - began, 1)
        _keep(answers, {**one, "verdict": verdict, "tests": len(chosen), "seconds": took_seconds}, asked)
        print({"killed": ".", "survived": "S", "stillborn": "-"}[verdict], end="", flush=True, file=sys.__stderr__)
    print(file=sys.__stderr__)
    return True


def _keep(answers: list, answer: dict, asked: Path) -> None:
    answers.append(answer)
    asked.with_suffix(".answers").write_text(json.dumps(answers), "utf-8")


def _killed_before(answers: Path) -> dict:
    """Return what the last run killed, if its answers are kept, by module and its text."""
    found = json.loads(answers.read_text("utf-8")) if answers.exists() else []
    return {(one["path"], one["text"]): one for one in found if one["verdict"] == "killed"}


def _first_run(session, paths):
    """Run every test once. Return the tests, those that reach each line, and the seconds that each took.

    All are None if a test fails without a mutant.
    """
    counter = coverage.Coverage(data_file=None, config_file=False, include=[str(BASE_DIR / path) for path in paths])
    took = {}
    counter.start()
    for item, following in pairwise([*session.items, _Another(session)]):
        counter.switch_context(item.nodeid)
        began = time.process_time()
        _run(item, following)
        took[item.nodeid] = time.process_time() - began
        if session.testsfailed:
            print(f"\nWithout any mutant it fails: {item.nodeid}", file=sys.__stderr__)
            counter.stop()
            return None, None, None
    counter.stop()
    data = counter.get_data()
    reached = {
        path: {line: set(names) for line, names in data.contexts_by_lineno(str(BASE_DIR / path)).items()}
        for path in paths
    }
    return list(session.items), reached, took


class _Another:
    """A placeholder for the next test after the last one, so that session fixtures are not torn down."""

    def __init__(self, session):
        self.session = session

    def listchain(self):
        return [self.session]


def _run(item, following) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _lines_of(text: str, line: int) -> range:
    """Return the lines of the smallest statement that contains a line; for a compound statement, its head."""
    best = range(line, line + 1)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno if isinstance(body, list) and body else node.end_lineno + 1
            if node.lineno <= line < max(end, node.lineno + 1):
                best = range(node.lineno, max(end, node.lineno + 1))
    return best


def _in_order(items, took):
    """Return the tests grouped by module, since they share fixtures; fast modules first, and fast tests first in each."""
    of_module = defaultdict(list)
    for item in items:
        of_module[item.module].append(item)
    groups = sorted(of_module.values(), key=lambda group: sum(took[item.nodeid] for item in group) / len(group))
    return [item for group in groups for item in sorted(group, key=lambda item: took[item.nodeid])]


def _verdict(session, chosen, pairs, live, mutant) -> str:
    if why_not_seen(mutant):
        # It is not tried again: it would survive all of its tests, which takes longest.
        return "survived"
    if pairs is None:
        return _imported_anew(session, chosen, mutant)
    if not chosen:
        return "survived"
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        _in_a_copy(session, chosen, pairs, live)
    until = time.monotonic() + PATIENCE
    waits = False
    while (done := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > until:
            waits = True
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)
    return "survived" if waits or done[1] == 0 else "killed"


def _in_a_copy(session, chosen, pairs, live):
    """Run the tests until one fails, then end this process."""
    code = FAILED
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        most = int(time.process_time() + SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (most + SECONDS * len(chosen), most + SECONDS * len(chosen)))
        _use_a_database_of_its_own()
        if not swapping.swap(pairs, live):
            os._exit(0)
        for item, following in pairwise([*chosen, _Another(session)]):
            _run(item, following)
            if session.testsfailed:
                os._exit(FAILED)
        code = 0
    finally:
        os._exit(code)


def _use_a_database_of_its_own() -> None:
    from django.db import connection

    from tests import template_database

    name = connection.settings_dict["NAME"]
    if not Path(name).exists():
        return  # no test has used the database
    own = f"{name}-mutant"
    for part in ("", template_database.KEPT):
        if Path(name + part).exists():
            shutil.copyfile(name + part, own + part)
    for left in ("-wal", "-shm", "-queue"):
        Path(own + left).unlink(missing_ok=True)
    template_database.connect_to(own)


def _imported_anew(session, first, mutant) -> str:
    """Return the verdict on a mutant that takes effect on import: run all tests of the area in a new process."""
    file = Path(session.config.getoption("mutants")).with_suffix(".told")
    command = [sys.executable, "-m", "pytest", "-p", "mutants.importing", "-p", "no:cacheprovider", "-x", "-q"]
    command += ["--hypothesis-profile=suite", "-m", NOTICES, *session.config.args]
    environment = {**os.environ, **told_by(file, mutant, [item.nodeid for item in first])}
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, check=False)
    # Exit code 1: tests failed. Others: it could not be imported, so nobody could have shipped it.
    return {0: "survived", 1: "killed"}.get(done.returncode, "stillborn")


def told_by(file: Path, mutant: dict, first: list[str]) -> dict[str, str]:
    """Return the variables by which `mutants.importing` learns of a mutant, and of the tests to begin with.

    They name a file: the names of a thousand tests are longer than a variable may be.
    """
    file.write_text(json.dumps({"path": mutant["path"], "text": mutant["text"], "first": first}), "utf-8")
    return {"MUTANT": str(file)}
