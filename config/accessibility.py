"""The accessibility statement: computed from the criteria in data/rgaa-….toml, in the terms that French law requires.

Law 2005-102 of 11 February 2005, article 47, and decree 2019-768. Without an audit in force a site is "not compliant",
whatever its own checks found. With an audit, the state depends on the share of applicable criteria that are met. A
criterion that was not checked never counts as met.
"""

import tomllib
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CRITERIA = settings.BASE_DIR / "data" / "rgaa-4.1.2.toml"
CONFORMS, FAILS, DOES_NOT_APPLY, NOT_CHECKED = RESULTS = ("conforms", "fails", "does not apply", "not checked")
HALF, ALL = 50, 100
STATES = {"none": _("not compliant"), "part": _("partially compliant"), "whole": _("fully compliant")}


@lru_cache(maxsize=1)
def criteria() -> dict[str, Any]:
    """Return the parsed file of criteria."""
    return tomllib.loads(CRITERIA.read_text())


def share(found: dict[str, Any]) -> int:
    """Return the percentage of applicable criteria that are met, rounded down."""
    results = [one["result"] for one in found["criteria"] if one["result"] != DOES_NOT_APPLY]
    return results.count(CONFORMS) * 100 // len(results)


def state(found: dict[str, Any]) -> str:
    """Return "none", "part" or "whole", the states that the decree defines."""
    if not found["audited_by"] or share(found) < HALF:
        return "none"
    return "whole" if share(found) == ALL else "part"


def state_in_words() -> Any:
    """Return the state of compliance in words, for the footer after "Accessibility:"."""
    return STATES[state(criteria())]


def statement() -> dict[str, Any]:
    """Return the context of the statement's page, in the reader's language."""
    found, language = criteria(), get_language()
    lines = [_line(one, found["checks"], language) for one in found["criteria"]]
    return {
        "version": found["version"],
        "checked_on": found["checked_on"],
        "audited_by": found["audited_by"],
        "state": STATES[state(found)],
        "share": share(found),
        "numbers": {result.replace(" ", "_"): len(_with(lines, result)) for result in RESULTS},
        "all": len(lines),
        "applicable": len(lines) - len(_with(lines, DOES_NOT_APPLY)),
        "failed": _with(lines, FAILS),
        "unchecked": _with(lines, NOT_CHECKED),
        "met": _with(lines, CONFORMS),
        "out": _with(lines, DOES_NOT_APPLY),
        "documents": [_line(one, found["checks"], language) for one in found["documents"]],
        "checks": [check[language] for check in found["checks"].values()],
    }


def _line(one: dict[str, Any], checks: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "number": one["number"],
        "text": one[language],
        "result": one["result"],
        "is_met": one["result"] == CONFORMS,
        "how": [checks[name][language] for name in one["how"]],
        "note": one.get(f"note_{language}", ""),
    }


def _with(lines: list[dict[str, Any]], result: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["result"] == result]
