"""Describes differences in words: between two submissions, of an amendment, in a record's history."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import euros

# Ends the reason of a line of the history that was written on somebody's behalf; their account's key follows.
ON_BEHALF = " on behalf of "
NOTHING = "—"
T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """One thing that reads differently than before."""

    label: str
    before: str
    after: str


def differences(
    pairs: Iterable[tuple[T, Any, Any]], label: Callable[[T], str], shown: Callable[[T, Any], str]
) -> list[Change]:
    """Return a change for each thing whose two values differ, in the reader's language."""
    return [Change(label(what), shown(what, old), shown(what, new)) for what, old, new in pairs if old != new]


def display_value(value: Any) -> str:
    """Return a value as a reader says it: yes and no, euros, dates; anything else by its own name."""
    match value:
        case None | "" | []:
            return NOTHING
        case bool():
            return _("yes") if value else _("no")
        case Decimal():
            return euros(value)
        case datetime.date():
            return date_format(value, "DATE_FORMAT")
    return str(value)
