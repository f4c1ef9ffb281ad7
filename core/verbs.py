"""Verbs: functions that move a record from one status to another. docs/transitions.md.

    @verb(Chair, from_=S.SUBMITTED, to=S.APPROVED, stamps="approved_at", label=…, done=…, may=can_decide, who=DECIDING)
    def approve(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None: ...

A call does all this in one transaction, in this order: lock; check permission and conditions, once; save the new status
with its moment; write one line in the record's timeline; run the body; save the fields that the body changed. If any
step raises `Refused`, nothing is changed.

The function takes the record and, by keyword, `by` (None for the calendar), `note`, `at` (the moment that is stored)
and the verb's own arguments.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Refused, StatusMoved
from core.logs.facts import note_verb
from core.on_behalf import colleague_of
from core.one_moment import acting_on_one_moment

NOTE_MAX_LENGTH = 2000
# Default for `at`: the moment at which the verb runs, after any wait for a lock.
NOW = datetime.min.replace(tzinfo=UTC)

# A record with a status: core/transitions.py.
Record = TypeVar("Record", bound=models.Model)
Given = ParamSpec("Given")

_verbs: dict[type[models.Model], dict[str, "Verb[Any, Any]"]] = {}


def lock_row(record: Record) -> Record:
    """Return the record, read again and locked until the transaction ends. Raise Refused if it was deleted."""
    # Ordered by the key alone: PostgreSQL cannot lock an outer join, which a model's default ordering may cause.
    rows = type(record)._base_manager.select_for_update().order_by("pk")
    current: Record | None = rows.filter(pk=record.pk).first()
    if current is None:
        raise Refused([_("This record is no longer there: somebody deleted it.")])
    return current


@dataclass(frozen=True, eq=False)
class Verb(Generic[Record, Given]):
    """A declared verb. Call it to perform it; `why_not` tells why a user cannot."""

    name: str
    model: type[Record]
    sources: tuple[str, ...]
    target: str
    # The texts on the button and, once it is done, in the timeline.
    label: Any
    done: Any
    # Who may perform it: a function of record and user, and a sentence.
    may: Callable[[Any, Any], bool]
    who: Any
    # The conditions: each returns the reasons against the verb, as sentences, or an empty list.
    unless: tuple[Callable[[Any], list[str]], ...]
    # The field that stores the moment, and functions for further fields to set, by field.
    stamps: str
    sets: Mapping[str, Callable[[Any], Any]]
    needs_note: bool
    locks: Callable[[Any], Any]
    # Whether all that it reads is of one moment: for a verb that stores many figures, which must fit each other.
    is_of_one_moment: bool
    # The notices that the body sends: the confirmation page names their recipients.
    tells: tuple[Any, ...]
    body: Callable[Concatenate[Record, Given], None]

    def why_not(self, record: Any, user: Any) -> list[str]:
        """Return every reason why this user cannot perform the verb now; an empty list means that they can.

        Without a user (the calendar), only the status and the conditions are checked, not the permission.
        """
        if record.status not in self.sources:
            said = {"status": record.get_status_display()}
            return [_("This is not possible while the status is “%(status)s”.") % said]
        if user is not None and not self.may(record, user):
            return [str(self.who)]
        return [reason for obstacles in self.unless for reason in obstacles(record)]

    def __call__(self, record: Record, *args: Given.args, **given: Given.kwargs) -> Record:
        """Perform the verb, and return the saved record. Raise Refused with the reasons; then nothing is changed.

        If two people act at once, one wins and the other is refused.
        """
        by, note, at = given["by"], str(given.get("note", "")).strip(), given.get("at", NOW)
        with acting_on_one_moment() if self.is_of_one_moment else transaction.atomic():
            current: Record = self.locks(record)
            moment = timezone.now() if at is NOW else at
            self._refuse(current, by, note)
            self._move(current, by, note, moment)
            told: Any = {**given, "note": note, "at": moment}
            with _saving_changes(current, by, self.name, moment):
                self.body(current, *args, **told)
        note_verb(f"{self.model.__name__}.{self.name}")
        return current

    def _refuse(self, current: Any, by: Any, note: str) -> None:
        reasons = self.why_not(current, by)
        if not reasons and self.needs_note and not note:
            reasons = [_("Say why: it stays on the record.")]
        if len(note) > NOTE_MAX_LENGTH:
            reasons.append(_("The note is longer than %(most)d characters.") % {"most": NOTE_MAX_LENGTH})
        if reasons:
            raise Refused(reasons)

    def _move(self, current: Any, by: Any, note: str, at: Any) -> None:
        source = current.status
        with _saving_changes(current, by, self.name, at, is_always=True):
            current.move_to(self.target)
            if self.stamps:
                setattr(current, self.stamps, at)
            for field, derived in self.sets.items():
                setattr(current, field, derived(current))
        line = {"verb": self.name, "source": source, "target": self.target, "note": note, "at": at}
        current.transitions.create(**line, by=by, on_behalf_of=colleague_of(by))


@contextmanager
def _saving_changes(current: Any, by: Any, reason: str, at: Any, is_always: bool = False) -> Iterator[None]:
    """Save the fields that change inside this context, and the `auto_now` fields (`updated_at`)."""
    fields = current._meta.concrete_fields
    before = {field.attname: getattr(current, field.attname) for field in fields}
    yield
    changed = [field.name for field in fields if getattr(current, field.attname) != before[field.attname]]
    if not changed and not is_always:
        return
    counting = [field.name for field in fields if getattr(field, "auto_now", False)]
    # Read by the field history, which would otherwise take the user from the request.
    current._history_user, current._change_reason, current._history_date = by, reason, at
    try:
        current.save(update_fields={*changed, *counting})
    except StatusMoved as moved:
        raise Refused([_("Somebody else changed this record at the same moment. Open it again.")]) from moved
    finally:
        del current._history_user, current._change_reason, current._history_date


def verb(
    model: type[Record],
    *,
    from_: str | Iterable[str],
    to: str,
    label: Any,
    done: Any,
    may: Callable[[Any, Any], bool],
    who: Any,
    unless: Iterable[Callable[[Any], list[str]]] = (),
    stamps: str = "",
    sets: Mapping[str, Callable[[Any], Any]] | None = None,
    needs_note: bool = False,
    locks: Callable[[Any], Any] = lock_row,
    is_of_one_moment: bool = False,
    tells: Iterable[Any] = (),
) -> Callable[[Callable[Concatenate[Record, Given], None]], Verb[Record, Given]]:
    """Declare a verb of a model. `Verb` explains the arguments; the decorated function does what goes beyond the status."""

    def declare(body: Callable[Concatenate[Record, Given], None]) -> Verb[Record, Given]:
        _verbs.setdefault(model, {})[body.__name__] = declared = Verb(
            name=body.__name__,
            model=model,
            sources=(from_,) if isinstance(from_, str) else tuple(from_),
            target=to,
            label=label,
            done=done,
            may=may,
            who=who,
            unless=tuple(unless),
            stamps=stamps,
            sets=sets or {},
            needs_note=needs_note,
            locks=locks,
            is_of_one_moment=is_of_one_moment,
            tells=tuple(tells),
            body=body,
        )
        declared.__dict__["__doc__"] = body.__doc__
        return declared

    return declare


def verbs_of(model: type[models.Model]) -> dict[str, Verb[Any, Any]]:
    """Return a model's verbs by name, in the order of their declaration."""
    return _verbs.get(model, {})


def verb_of(record: models.Model, name: str) -> Verb[Any, Any]:
    """Return a record's verb by name. Raise KeyError if there is none."""
    return verbs_of(type(record))[name]


def why_not(record: models.Model, name: str, user: Any) -> list[str]:
    """Return every reason why this user cannot perform the verb of this name on the record now."""
    return verb_of(record, name).why_not(record, user)


def is_permitted(record: models.Model, name: str, user: Any) -> bool:
    """Return whether the user's role allows the verb, regardless of the record's status and conditions."""
    return verb_of(record, name).may(record, user)
