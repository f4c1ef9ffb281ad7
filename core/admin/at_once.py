"""Acts on many records of a list at once: the form lines, the checks, and performing the act.

An admin declares its acts in `acts_at_once`. Each record is treated exactly as on its own
page, with the same permission and conditions.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import Refused
from core.stamps import stamp_of

# More would take too long for one request, and nobody reads that many lines before confirming.
MAX_AT_ONCE = 100
# Names of posted fields: the prefix of what all records share, of their fingerprints; all-or-none; and the note.
SHARED, STAMP, MODE, NOTE = "shared", "stamp", "mode", "note"


def stamps_of(records) -> dict:
    """Return the fingerprint of each record (`stamp_of`), by key."""
    return {record.pk: stamp_of(record) for record in records}


@dataclass(frozen=True)
class AtOnce:
    """An act on many records: its label, its conditions, and the function that performs it."""

    name: str
    label: Any
    # Returns every reason why this user cannot perform the act on a record now.
    why_not: Callable[[Any, Any], list[str]]
    # Performs the act on one record, with its valid form and the note; raises Refused.
    do: Callable[[Any, forms.Form | None, str], Any]
    # Makes a record's form from the posted data (None on GET) and a prefix. `shared` names the fields that are asked only once.
    form: Callable[..., forms.Form] | None = None
    shared: Sequence[str] = ()
    # Adds errors to the forms for what they contradict each other in; given all of them, after each was validated alone.
    compare: Callable[[list[forms.Form]], None] | None = None
    # How the page names a record.
    names: Callable[[Any], str] = str
    has_note: bool = True
    needs_note: bool = False
    # Holds the decision without announcing it, if the act allows that.
    hold: Callable[[Any, str], Any] | None = None
    # Further context for the page, given the records that the act is possible for; and a
    # function that returns each record's fingerprint.
    shows: Callable[[list], dict] | None = None
    stamps: Callable[[list], dict] = stamps_of

    @property
    def can_be_held(self) -> bool:
        return self.hold is not None


@dataclass
class Line:
    """A record on the page of an act."""

    record: Any
    name: str
    reasons: list[str]
    stamp: str
    form: forms.Form | None = None
    is_done: bool = False
    # Decided, but not announced yet.
    is_held: bool = False
    # Done, then undone because another of all was refused.
    is_undone: bool = False
    # Why it was refused when it was tried; it may be tried again.
    told: Sequence[str] = ()
    shared: Sequence[str] = field(default=())

    @property
    def fields(self) -> list:
        """The fields that are asked for each record."""
        return [one for one in self.form.visible_fields() if one.name not in self.shared] if self.form else []

    @property
    def groups(self) -> list[tuple]:
        """Return the same fields with what they are about: a form that asks on several things says so in `rows`."""
        if self.form and hasattr(self.form, "rows"):
            return self.form.rows()
        return [("", self.fields)] if self.fields else []

    @property
    def hidden(self) -> list:
        return self.form.hidden_fields() if self.form else []

    @property
    def mistakes(self) -> list[str]:
        """What it was refused for, and the errors that belong to none of the record's own visible fields."""
        errors = self.form.errors if self.form else {}
        beside = (*self.shared, *(hidden.name for hidden in self.hidden), "__all__")
        return [*self.told, *(text for name in beside for text in errors.get(name, []))]

    def kept(self) -> dict:
        """Return the line as it is stored in `ActAtOnce.lines`."""
        reasons = [] if self.is_done else self.reasons
        said = {"key": self.record.pk, "name": self.name, "done": self.is_done, "reasons": reasons}
        return said | ({"held": True} if self.is_held else {})


def lines_of(act: AtOnce, records, user, data=None, *, is_compared: bool = True) -> list[Line]:
    """Return a line for each record: with its form if the act is possible, otherwise with the reasons.

    The posted fingerprint is compared with the current one, unless `is_compared` is false: a record that has changed
    since the page was shown is refused. It has its form too, so that its input can be kept.
    """
    lines, stamps = [], act.stamps(records)
    for record in records:
        stamp = stamps[record.pk]
        reasons = act.why_not(record, user)
        line = Line(record, act.names(record), list(reasons), stamp, shared=act.shared)
        if is_compared and data is not None and data.get(f"{STAMP}-{record.pk}") != stamp:
            line.reasons.append(_("Somebody else changed this record meanwhile. Look at it again."))
        if act.form and not reasons:
            line.form = act.form(_with_shared(act, data, record), record=record, prefix=str(record.pk))
        lines.append(line)
    return lines


def shared_form(act: AtOnce, lines: list[Line], data=None) -> forms.Form | None:
    """Return the form whose shared fields are asked once; None if there are none."""
    first = next((line.record for line in lines if line.form), None)
    return act.form(data, record=first, prefix=SHARED) if act.shared and first is not None else None


def _with_shared(act: AtOnce, data, record):
    """Return the posted data with the shared values added under the record's prefix; None on GET."""
    if data is None:
        return None
    said = data.copy()
    for name in act.shared:
        said[f"{record.pk}-{name}"] = data.get(f"{SHARED}-{name}", "")
    return said


def are_valid(act: AtOnce, lines: list[Line]) -> bool:
    """Validate the form of every line without reasons, and compare them: every mistake is shown together, on its line."""
    given = [line.form for line in lines if line.form and not line.reasons]
    for form in given:
        form.is_valid()
    if act.compare:
        act.compare(given)
    return not any(form.errors for form in given)


def perform(act: AtOnce, lines: list[Line], note: str, *, is_all: bool, is_held: bool = False) -> None:
    """Perform the act on each record without reasons against it, and set the outcome on its line.

    With `is_all`, one transaction covers all records, or none is changed. Otherwise each has its own transaction.
    """
    with transaction.atomic() if is_all else nullcontext():
        for line in lines:
            if not line.reasons:
                _do(act, line, note, is_held)
        if is_all and not all(line.is_done for line in lines):
            transaction.set_rollback(True)
            for line in lines:
                if line.is_done:
                    line.is_done, line.is_undone, line.reasons = False, True, [_("It was to be all of them or none.")]


def _do(act: AtOnce, line: Line, note: str, is_held: bool) -> None:
    try:
        # A savepoint with `is_all`, otherwise a transaction of its own.
        with transaction.atomic():
            if is_held:
                act.hold(line.record, note)
            else:
                act.do(line.record, line.form, note)
    except Refused as refused:
        line.reasons = list(refused.reasons)
    else:
        line.is_done, line.is_held = True, is_held
