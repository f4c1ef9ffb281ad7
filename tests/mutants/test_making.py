"""`make mutants` makes no mutant of what is no operator: types, class decorators, and the stars in the heads of functions."""

from mutants.making import annotations, signatures

TEXT = '''@dataclass(frozen=True)
class Part:
    share: int | None = 1 + 1


def product(one, /, *, other=2 * 3, third: int | None = None) -> int | None:
    """Return it."""
    return one * other
'''


def spared() -> list[str]:
    """Return the operators of TEXT that stand in a range that is left out, each with what follows it."""
    lines = TEXT.splitlines()
    places = [
        (number, place) for number, line in enumerate(lines, 1) for place, sign in enumerate(line) if sign in "*/|+"
    ]
    ranges = [*annotations(TEXT), *signatures(TEXT)]
    inside = [place for place in places if any(begin <= place < end for begin, end in ranges)]
    return [lines[number - 1][place : place + 3] for number, place in inside]


def test_a_bare_star_and_a_slash_are_no_operators_and_a_default_value_has_some():
    assert spared() == ["| N", "/, ", "*, ", "| N", "| N"]
    assert "* 3" in TEXT and "* o" in TEXT and "+ 1" in TEXT
