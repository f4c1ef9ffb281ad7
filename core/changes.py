"""Describes differences in words: between two submissions, in an amendment, in a record's history."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import euros

# Separates a history line's change reason from the key of the account on whose behalf it was written.
ON_BEHALF = " on behalf of "
NOTHING = "—"
T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """One field or term whose displayed value has changed."""

    label: str
    before: str
    after: str


def differences(
    pairs: Iterable[tuple[T, Any, Any]], label: Callable[[T], str], shown: Callable[[T, Any], str]
) -> list[Change]:
    """Return a change for each item whose two values differ, in the reader's language."""
    return [Change(label(what), shown(what, old), shown(what, new)) for what, old, new in pairs if old != new]


def display_value(value: Any) -> str:
    """Return a value as text for a reader: yes or no, euros, dates; anything else by `str`."""
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


def behalf_of(line: Any) -> int | None:
    """Return the key of the account on whose behalf a line of the field history was written, or None."""
    _reason, _mark, key = (getattr(line, "history_change_reason", None) or "").partition(ON_BEHALF)
    return int(key) if key else None
