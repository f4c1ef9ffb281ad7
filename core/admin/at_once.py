"""What can be done to many records of a list at once: what the page asks, whom it can be done to, and doing it.

A page of the panel declares its acts (`acts_at_once`). Each is done to a record exactly as on the record's own page, with the
same permission and conditions.
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

# More at once take longer than a request should, and nobody reads so many lines before they confirm.
MAX_AT_ONCE = 100
SHARED, STAMP = "shared", "stamp"


def stamps_of(records) -> dict:
    """Return the stamp of each record, by its key."""
    return {record.pk: stamp_of(record) for record in records}


@dataclass(frozen=True)
class AtOnce:
    """One act: its words, whom it can be done to, and how."""

    name: str
    label: Any
    # Every reason why this person cannot do it to a record now.
    why_not: Callable[[Any, Any], list[str]]
    # Does it to one record, with its valid form and the note; raises Refused.
    do: Callable[[Any, forms.Form | None, str], Any]
    # Makes the form of a record, of what was posted (None before), under a prefix; and which fields are asked once for all.
    form: Callable[..., forms.Form] | None = None
    shared: Sequence[str] = ()
    # What a record is called among others.
    names: Callable[[Any], str] = str
    has_note: bool = True
    needs_note: bool = False
    # Keeps it as decided and not told, where that can be.
    hold: Callable[[Any, str], Any] | None = None
    # What else the page shows of the records to which it can be done; and what tells what is shown of each from anything else.
    shows: Callable[[list], dict] | None = None
    stamps: Callable[[list], dict] = stamps_of

    @property
    def can_be_held(self) -> bool:
        return self.hold is not None


@dataclass
class Line:
    """One record of an act, as the page shows it."""

    record: Any
    name: str
    reasons: list[str]
    stamp: str
    form: forms.Form | None = None
    is_done: bool = False
    # Decided, and not told yet.
    is_held: bool = False
    shared: Sequence[str] = field(default=())

    @property
    def fields(self) -> list:
        """The fields that are asked for this record alone."""
        return [one for one in self.form.visible_fields() if one.name not in self.shared] if self.form else []

    @property
    def hidden(self) -> list:
        return self.form.hidden_fields() if self.form else []

    @property
    def mistakes(self) -> list[str]:
        """What is wrong for this record with what stands beside no field of its own."""
        errors = self.form.errors if self.form else {}
        beside = (*self.shared, *(hidden.name for hidden in self.hidden), "__all__")
        return [text for name in beside for text in errors.get(name, [])]

    def kept(self) -> dict:
        """Return the line as it stays on record."""
        reasons = [] if self.is_done else self.reasons
        said = {"key": self.record.pk, "name": self.name, "done": self.is_done, "reasons": reasons}
        return said | ({"held": True} if self.is_held else {})


def lines_of(act: AtOnce, records, user, data=None) -> list[Line]:
    """Return a line for each record: with its form, where it can be done, and with the reasons, where it cannot.

    What was posted is compared with what stands now: whoever looked at something else has not decided on this.
    """
    lines, stamps = [], act.stamps(records)
    for record in records:
        stamp = stamps[record.pk]
        reasons = act.why_not(record, user)
        if data is not None and data.get(f"{STAMP}-{record.pk}") != stamp:
            reasons = [*reasons, _("Somebody else changed this record meanwhile. Look at it again.")]
        line = Line(record, act.names(record), reasons, stamp, shared=act.shared)
        if act.form and not reasons:
            line.form = act.form(_with_shared(act, data, record), record=record, prefix=str(record.pk))
        lines.append(line)
    return lines


def shared_form(act: AtOnce, lines: list[Line], data=None) -> forms.Form | None:
    """Return the form whose shared fields are asked once; None where nothing is shared."""
    first = next((line.record for line in lines if line.form), None)
    return act.form(data, record=first, prefix=SHARED) if act.shared and first is not None else None


def _with_shared(act: AtOnce, data, record):
    """Return what was posted, with what is asked once said for the record too."""
    if data is None:
        return None
    said = data.copy()
    for name in act.shared:
        said[f"{record.pk}-{name}"] = data.get(f"{SHARED}-{name}", "")
    return said


def perform(act: AtOnce, lines: list[Line], note: str, *, is_all: bool, is_held: bool = False) -> None:
    """Do the act to each record that it can be done to, and note on each line what became of it.

    `is_all`: in one transaction, to all of them or to none. Otherwise each stands by itself.
    """
    with transaction.atomic() if is_all else nullcontext():
        for line in lines:
            if not line.reasons:
                _do(act, line, note, is_held)
        if is_all and not all(line.is_done for line in lines):
            transaction.set_rollback(True)
            for line in lines:
                if line.is_done:
                    line.is_done, line.reasons = False, [_("It was to be all of them or none.")]


def _do(act: AtOnce, line: Line, note: str, is_held: bool) -> None:
    try:
        # A savepoint, or a transaction of its own.
        with transaction.atomic():
            if is_held:
                act.hold(line.record, note)
            else:
                act.do(line.record, line.form, note)
    except Refused as refused:
        line.reasons = list(refused.reasons)
    else:
        line.is_done, line.is_held = True, is_held
