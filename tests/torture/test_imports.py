"""What the tools beside the site import late, within a function, is there: they run for minutes before they ask for it."""

import ast
from importlib import import_module

from bench.processes import BASE_DIR

TOOLS = ("bench", "fuzzing", "mutants", "scanning", "torture")
OURS = {path.parent.name for path in BASE_DIR.glob("*/__init__.py")}


def imported():
    """Yield each file of the tools with the module and the name of each of its imports from code of ours."""
    for path in (path for tool in TOOLS for path in sorted((BASE_DIR / tool).glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OURS:
                yield from ((path.name, node.module, one.name) for one in node.names)


def test_every_import_of_a_tool_is_there():
    found = set(imported())
    assert len(found) > 50 and ("records.py", "bench.records", "new_session") in found
    gone = [one for one in found if not hasattr(import_module(one[1]), one[2])]
    # A module of a package is no attribute before it is imported.
    assert [one for one in gone if not (BASE_DIR / one[1].replace(".", "/") / f"{one[2]}.py").exists()] == []
