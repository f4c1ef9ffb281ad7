"""No test is satisfied by nothing: where it says that something is absent, it also says that something is there.

A test that only says what a page does not show passes on an empty page, on a wrong address and once the page is gone.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
EMPTY = (ast.List, ast.Tuple, ast.Set, ast.Dict)
# What fails by itself when nothing is there.
ASKS_FOR_SOMETHING = {
    "raises",
    "index",
    "wait_for",
    "expect",
    "patiently",
    "django_assert_num_queries",
    "django_assert_max_num_queries",
}
ASKED_ELSEWHERE = {
    "test_axe_finds_nothing_on_any_page_at_both_widths": "each page is seen; faults are found first",
    "test_axe_finds_nothing_where_readers_ask_for_more_contrast_or_force_their_colours": "each page is seen, as in the walk",
    "test_axe_finds_nothing_on_any_sort_of_page": "each page is seen; faults are found first",
    "test_no_long_list_costs_more_queries_than_a_short_one": "each list answers, or the walk stops",
    "test_what_the_night_does_is_done": "what it looks for is an error",
    "test_a_list_of_members_that_swells_is_not_even_read": "a refusal; the table above it is of what is taken",
    "test_a_whole_file_is_whole_whatever_program_wrote_it": "what is taken; the table below it is of faults",
    "test_macros_and_disguises_are_refused": "a table of refusals; the test above it takes the same types",
    "test_other_names_claim_nothing": "a table of refusals; the test below it takes the names that claim something",
}


def is_nothing(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in (None, 0, "", False)
    if isinstance(node, ast.Call):
        return ast.unparse(node) == "set()"
    return isinstance(node, EMPTY) and not (node.keys if isinstance(node, ast.Dict) else node.elts)


def is_of_absence(claim: ast.expr) -> bool:
    """Return whether a claim holds of an empty page, of a missing one, or of no rows at all."""
    match claim:
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp():
            return all(map(is_of_absence, claim.values))
        case ast.Compare(ops=[ast.NotIn()]):
            return True
        case ast.Compare(ops=[ast.Eq() | ast.Is()], comparators=[expected]):
            return is_nothing(expected) or ast.unparse(claim).endswith(".status_code == 404")
        case ast.Call(func=ast.Name(id="all")):
            return True
    return False


def claims_of(function: ast.FunctionDef) -> list[ast.expr]:
    return [node.test for node in ast.walk(function) if isinstance(node, ast.Assert)]


def called_in(function: ast.FunctionDef) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def functions() -> list[tuple[Path, ast.FunctionDef]]:
    trees = [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(TESTS.rglob("*.py"))]
    return [(path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def is_satisfied_by_nothing(test: ast.FunctionDef, asking: set[str]) -> bool:
    claims = claims_of(test)
    return bool(claims) and all(map(is_of_absence, claims)) and not called_in(test) & asking


@pytest.mark.exhaustive(always=True)
def test_each_test_says_what_is_there():
    written = functions()
    # A helper that claims presence claims it for whoever calls it.
    helpers = [node for _path, node in written if not node.name.startswith("test_")]
    asking = ASKS_FOR_SOMETHING | {node.name for node in helpers if not all(map(is_of_absence, claims_of(node)))}
    tests = [(path, node) for path, node in written if node.name.startswith("test_")]
    assert len(tests) > 1000
    blind = {
        node.name: f"{path.relative_to(TESTS)}:{node.lineno}"
        for path, node in tests
        if is_satisfied_by_nothing(node, asking)
    }
    assert {name: place for name, place in blind.items() if name not in ASKED_ELSEWHERE} == {}
    assert set(ASKED_ELSEWHERE) <= set(blind), "these say what is there now: take them out of the list"


@pytest.mark.parametrize(
    ("body", "is_blind"),
    [
        ("assert 'Secret' not in page", True),
        ("assert not found and other == []", True),
        ("assert client.get(there).status_code == 404", True),
        ("assert all(line for line in lines)", True),
        ("assert 'Title' in page and 'Secret' not in page", False),
        ("assert not found\n    assert other == [1]", False),
        ("assert client.get(there).status_code == 403", False),
        ("with raises(Refused):\n        act()\n    assert not found", False),
    ],
)
def test_the_check_knows_a_blind_test(body, is_blind):
    [function] = ast.parse(f"def test():\n    {body}\n").body
    assert is_satisfied_by_nothing(function, ASKS_FOR_SOMETHING) is is_blind
