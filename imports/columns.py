"""What a column holds: its names in both languages, how a cell is read, and how a record's value is written in one."""

import datetime
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
# “31/12/2025”, as French and most of Europe write it; days that begin with the year are read by their own form field.
DAY_FIRST = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
# A comma before one or two digits at the end is decimal in any language: thousands have three.
DECIMAL_COMMA = re.compile(r"([0-9\s]*[0-9]),([0-9]{1,2})")
YES = {"yes", "oui", "x", "1", "true", "vrai", "y", "o"}
NO = {"no", "non", "0", "false", "faux", "n"}
# A spreadsheet keeps numbers in binary: what lies beyond is no digit that anybody typed.
FLOAT_DIGITS = 6


class Unreadable(ValidationError):
    """A cell that cannot be what its column holds, in a sentence."""


class Waits(Exception):
    """A cell names a record that another line of the files would make, and that line is refused."""


def in_both(label: Any) -> tuple[str, ...]:
    """Return a label in French, then in English."""
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(label))
    return tuple(said)


@dataclass(frozen=True)
class Column:
    """A text. `name` is that of the form's field, and a header too; `value` returns what a record has in it."""

    name: str
    label: Any
    help: Any = ""
    is_required: bool = False
    example: Any = ""
    value: Callable[[Any], Any] | None = None
    # Told in the template: what a cell may hold.
    holds: Any = gettext_lazy("a text")

    def headers(self) -> set[str]:
        """Return what the column may be called, folded."""
        return {fold(self.name), *(fold(name) for name in in_both(self.label))}

    def read(self, run: Any, cell: Any) -> Any:
        """Return a cell as the form takes it. Raise Unreadable with a sentence, or Waits."""
        return as_text(cell)

    def of(self, record: Any) -> Any:
        """Return a record's value as it is written in a cell."""
        found = self.value(record) if self.value else getattr(record, self.name)
        return "" if found is None else found

    def allowed(self) -> list[str]:
        """Return the words that a cell may hold, in the reader's language; none where it is free."""
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
        # The form would say the same, but only once all other cells of the line can be read.
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
    """One of a few words: the label in either language, or the code."""

    # Pairs of code and label, as `TextChoices.choices` returns them.
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
        """Return the code of each word, folded: the codes themselves, and the labels in both languages, whole or to a colon."""
        found: dict[str, str] = {}
        for code, label in self.choices:
            words = (code, *in_both(label))
            found |= {fold(word): code for word in (*words, *(word.partition(":")[0] for word in words))}
        return found


@dataclass(frozen=True)
class Reference(Column):
    """Another record: by an identifier that is its own, by its address, or by its exact name."""

    of_kind: str = ""
    holds: Any = gettext_lazy("a record that is here or in the same files")

    def read(self, run, cell):
        return run.find(self.of_kind, as_text(cell))

    def of(self, record):
        found = super().of(record)
        return reference_to(found) if found else ""


def reference_to(record: Any) -> str:
    """Return what says for sure which record is meant: an identifier where there is one, else its address or name."""
    for name in ("stated_orcid", "ror", "siren", "slug"):
        if found := getattr(record, name, None):
            return str(found)
    return str(record)


def as_text(cell: Any) -> str:
    """Return a cell as somebody would type it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        number = Decimal(str(round(cell, FLOAT_DIGITS)))
        return f"{number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize():f}"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell).strip()
