"""Mutants that change nothing which anybody could see, as mutants/equivalent.toml lists them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def why_not_seen(mutant: dict[str, Any]) -> str | None:
    """Return why nobody could see the change, or None if nothing says so."""
    return _reasons().get((mutant["path"], mutated_line(mutant)))


def mutated_line(mutant: dict[str, Any]) -> str:
    line: str = mutant["text"].splitlines()[mutant["line"] - 1]
    return line.strip()


@cache
def _reasons() -> dict[tuple[str, str], str]:
    """Return the reasons by module and mutated line."""
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).get("mutant", [])
    return {(one["path"], one["line"]): one["why"] for one in listed}
