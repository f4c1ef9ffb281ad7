"""Measures how easy code is to read, ours and others': `bin/measure_code.py Name=folder …`.

docs/architecture.md has the table. Migrations and vendored code are left out; of tests only the longest file counts.
"""

import ast
import math
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LONG_MODULE = 400
LEFT_OUT = {"migrations", "node_modules", "static", "vendor", "site-packages", "docs", "build", "_build", "locale"}
TESTS = {"tests", "test"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass
class Measures:
    """The measures of a project's files, in lines and yes or no, one per function or file."""

    functions: list[int] = field(default_factory=list)
    modules: list[int] = field(default_factory=list)
    documented: list[bool] = field(default_factory=list)
    hinted: list[bool] = field(default_factory=list)
    templates: list[int] = field(default_factory=list)
    tests: list[int] = field(default_factory=list)

    def row(self) -> list[str]:
        return [
            str(statistics.median_low(self.functions)),
            str(math.floor(statistics.quantiles(self.functions, n=10)[-1])),
            str(max(self.functions)),
            f"{sum(lines > LONG_MODULE for lines in self.modules)} of {len(self.modules)}",
            share(self.documented),
            share(self.hinted),
            str(statistics.median_low(self.templates)) if self.templates else "none",
            str(max(self.tests)) if self.tests else "not shipped",
        ]


HEADINGS = [
    "function, median",
    "function, 90% below",
    "longest function",
    f"modules over {LONG_MODULE} lines",
    "with a docstring",
    "with type hints",
    "template, median",
    "longest test file",
]


def measure(folder: Path) -> Measures:
    found = Measures()
    for path in sources(folder, "*.py"):
        text = path.read_text("utf-8", errors="replace")
        lines = text.count("\n")
        if is_test(path.relative_to(folder)):
            found.tests.append(lines)
            continue
        found.modules.append(lines)
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                found.functions.append(length_of(node))
                found.hinted.append(is_hinted(node))
        found.documented.extend(documentable(tree))
    for path in sources(folder, "*.html"):
        if not is_test(path.relative_to(folder)):
            found.templates.append(path.read_text("utf-8", errors="replace").count("\n"))
    return found


def sources(folder: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(folder.rglob(pattern)):
        parts = path.relative_to(folder).parts
        if not any(part in LEFT_OUT or part.startswith(".") for part in parts[:-1]):
            yield path


def is_test(path: Path) -> bool:
    return bool(TESTS & set(path.parts[:-1])) or path.name.startswith("test") or path.name == "conftest.py"


def length_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the number of lines of a function from `def` on, without its docstring."""
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) is not None:
        lines -= node.body[0].end_lineno - node.body[0].lineno + 1
    return lines


def is_hinted(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether a function has a return type, or types for all arguments except self."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    named = [one for one in arguments if one.arg not in {"self", "cls"}]
    return node.returns is not None or bool(named) and all(one.annotation is not None for one in named)


def documentable(tree: ast.Module) -> Iterator[bool]:
    """Yield, for the module and each public class and function, whether it has a docstring. Meta and __str__ are skipped."""
    yield ast.get_docstring(tree) is not None
    for node in ast.walk(tree):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_") and node.name != "Meta":
            yield ast.get_docstring(node) is not None


def share(values: list[bool]) -> str:
    return f"{round(100 * sum(values) / len(values))}%"


if __name__ == "__main__":
    print("| | " + " | ".join(HEADINGS) + " |")
    print("|---" * (len(HEADINGS) + 1) + "|")
    for argument in sys.argv[1:]:
        name, _equals, folder = argument.rpartition("=")
        print(f"| {name or Path(folder).resolve().name} | " + " | ".join(measure(Path(folder)).row()) + " |")
