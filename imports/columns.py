"""The columns of imports: their names in both languages, how a cell is read, and how a record's value is written."""

import datetime
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_fields import DayField
from core.text import fold

LANGUAGES = ("fr", "en")
# “31/12/2025”, as in French and most of Europe; dates that begin with the year are left to the form field.
DAY_FIRST = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
# A comma before one or two final digits is decimal in any language: a thousands separator has three.
DECIMAL_COMMA = re.compile(r"([0-9\s]*[0-9]),([0-9]{1,2})")
YES = {"yes", "oui", "x", "1", "true", "vrai", "y", "o"}
NO = {"no", "non", "0", "false", "faux", "n"}
# Spreadsheets store numbers as binary floats: further digits are rounding noise.
FLOAT_DIGITS = 6


class Unreadable(ValidationError):
    """A cell whose content does not fit its column; the message is a sentence."""


class Waits(Exception):
    """A cell names a record that another line of the files would create, but that line is refused."""


def in_both(label: Any) -> tuple[str, ...]:
    """Return a label in French, then in English."""
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(label))
    return tuple(said)


@dataclass(frozen=True)
class Column:
    """A column of text.

    `name` is the form field, and also a valid header; `value` reads a record, by default its attribute `name`.
    """

    name: str
    label: Any
    help: Any = ""
    is_required: bool = False
    example: Any = ""
    value: Callable[[Any], Any] | None = None
    # What a cell may contain, as explained in the template.
    holds: Any = gettext_lazy("a text")

    def headers(self) -> set[str]:
        """Return the valid headers of the column, folded."""
        return {fold(self.name), *(fold(name) for name in in_both(self.label))}

    def read(self, run: Any, cell: Any) -> Any:
        """Return the cell's value for the form. Raise Unreadable with a sentence, or Waits."""
        return as_text(cell)

    def of(self, record: Any) -> Any:
        """Return a record's value to write in a cell."""
        found = self.value(record) if self.value else getattr(record, self.name)
        return "" if found is None else found

    def allowed(self) -> list[str]:
        """Return the words that a cell may contain, in the active language; empty if any text is valid."""
        return []


DAY = DayField()


@dataclass(frozen=True)
class Day(Column):
    holds: Any = gettext_lazy("a date")

    def read(self, run, cell):
        if isinstance(cell, datetime.datetime):
            return cell.date().isoformat()
        if isinstance(cell, datetime.date):
            return cell.isoformat()
        text = as_text(cell)
        found = DAY_FIRST.fullmatch(text)
        said = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
        # The form would reject it too, but only once all other cells of the line are readable.
        DAY.clean(said)
        return said


@dataclass(frozen=True)
class Euros(Column):
    holds: Any = gettext_lazy("an amount in euros")

    def read(self, run, cell):
        text = as_text(cell)
        found = DECIMAL_COMMA.fullmatch(text.strip("€ \u00a0\u202f"))
        return f"{''.join(found[1].split())}.{found[2]}" if found else text


@dataclass(frozen=True)
class Number(Column):
    holds: Any = gettext_lazy("a number")


@dataclass(frozen=True)
class YesNo(Column):
    holds: Any = gettext_lazy("yes or no")

    def read(self, run, cell):
        word = fold(as_text(cell))
        if word in YES | NO:
            return word in YES
        raise Unreadable(_("Write “yes” or “no”."))

    def of(self, record):
        return _("yes") if super().of(record) else _("no")

    def allowed(self):
        return [_("yes"), _("no")]


@dataclass(frozen=True)
class Choice(Column):
    """A column of choices: a cell has the label in either language, or the code."""

    # Pairs of code and label, like `TextChoices.choices`.
    choices: Any = ()
    holds: Any = gettext_lazy("one of the words of the list")

    def read(self, run, cell):
        text = as_text(cell)
        code = run.codes_of(self).get(fold(text))
        if code is None:
            said = {"value": text, "allowed": ", ".join(self.allowed())}
            raise Unreadable(_("“%(value)s” is not one of: %(allowed)s.") % said)
        return code

    def of(self, record):
        code = super().of(record)
        return str(dict(self.choices).get(code, code))

    def allowed(self):
        return [str(label) for code, label in self.choices if code]

    def codes(self) -> dict[str, str]:
        """Return the code by folded word: the codes themselves, and the labels in both languages, whole or up to a colon."""
        found: dict[str, str] = {}
        for code, label in self.choices:
            words = (code, *in_both(label))
            found |= {fold(word): code for word in (*words, *(word.partition(":")[0] for word in words))}
        return found


@dataclass(frozen=True)
class Reference(Column):
    """A column that names another record: by an identifier, by its address (slug), or by its exact name."""

    of_kind: str = ""
    holds: Any = gettext_lazy("a record that is here or in the same files")

    def read(self, run, cell):
        return run.find(self.of_kind, as_text(cell))

    def of(self, record):
        found = super().of(record)
        return reference_to(found) if found else ""


def reference_to(record: Any) -> str:
    """Return a text that identifies the record: an identifier if it has one, else its slug or name."""
    for name in ("stated_orcid", "ror", "siren", "slug"):
        if found := getattr(record, name, None):
            return str(found)
    return str(record)


def as_text(cell: Any) -> str:
    """Return a cell's value as a user would type it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and math.isfinite(cell):
        number = Decimal(str(round(cell, FLOAT_DIGITS)))
        return f"{number.to_integral() if number == number.to_integral() else number.normalize():f}"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell).strip()
