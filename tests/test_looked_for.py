"""No test says that a bare number is not in a page: random tokens, addresses and numbers of rows stand there too."""

import ast
from pathlib import Path

# More digits stand in a page by chance less than once in a million runs.
BARE = 6
HERE = Path(__file__).parent


def bare_numbers(source: str) -> list[str]:
    """Return each `"777" not in page`: of digits alone, and short enough to stand in a token by chance."""
    compared = (
        (node.left, operator)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        for operator in node.ops
    )
    return [
        f"{left.lineno}: {left.value}"
        for left, operator in compared
        if isinstance(operator, ast.NotIn)
        and isinstance(left, ast.Constant)
        and isinstance(left.value, str)
        and left.value.isdigit()
        and len(left.value) <= BARE
    ]


def test_what_must_not_be_shown_is_written_as_a_page_would_write_it():
    found = {path.relative_to(HERE): bare_numbers(path.read_text("utf-8")) for path in HERE.rglob("*.py")}
    assert len(found) > 500
    assert not {path: lines for path, lines in found.items() if lines}


def test_a_bare_number_is_found():
    assert bare_numbers('assert page and "777" not in page') == ["1: 777"]
    assert not bare_numbers('assert "777.25" not in page and "777" in page and "€777" not in page')
