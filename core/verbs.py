"""Verbs: what can happen to a record that has a life. Each is one function that declares, then does. docs/transitions.md.

    @verb(Chair, from_=S.SUBMITTED, to=S.APPROVED, stamps="approved_at", label=…, done=…, may=can_decide, who=DECIDING)
    def approve(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None: ...

Calling it runs, in one transaction and in this order: the locks; permission and conditions, once; the new status with
its moment, saved; one line in the record's timeline; then the body, as it is written; then a save of what the body
changed on the record. Whatever raises `Refused` on the way leaves everything as it was.

The function takes the record, then by keyword `by` (None is the calendar), `note`, `at` (given as the moment that is
written down), and whatever is particular to the verb.
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

NOTE_MAX_LENGTH = 2000
# Default for `at`: the moment at which the verb runs, after any wait for a lock.
NOW = datetime.min.replace(tzinfo=UTC)

# A record with a life: core/transitions.py.
Record = TypeVar("Record", bound=models.Model)
Given = ParamSpec("Given")

_verbs: dict[type[models.Model], dict[str, "Verb[Any, Any]"]] = {}


def lock_row(record: Record) -> Record:
    """Return the record as it stands, its row locked until the transaction ends. Raise Refused where it is gone."""
    # By its key alone: PostgreSQL locks no row that is joined to another which may be missing, as for a model's own order.
    rows = type(record)._base_manager.select_for_update().order_by("pk")
    current: Record | None = rows.filter(pk=record.pk).first()
    if current is None:
        raise Refused([_("This record is no longer there: somebody deleted it.")])
    return current


@dataclass(frozen=True, eq=False)
class Verb(Generic[Record, Given]):
    """A verb as it was declared. Call it to perform it; ask it why a person cannot."""

    name: str
    model: type[Record]
    sources: tuple[str, ...]
    target: str
    # How it reads on a button, and in a timeline once it is done.
    label: Any
    done: Any
    # Who may: asked of a record and a user, and said in a sentence.
    may: Callable[[Any, Any], bool]
    who: Any
    # Each returns the sentences that stand against it.
    unless: tuple[Callable[[Any], list[str]], ...]
    # The field that keeps the moment, and what else is derived at it, by field.
    stamps: str
    sets: Mapping[str, Callable[[Any], Any]]
    needs_note: bool
    locks: Callable[[Any], Any]
    # The notices that its body sends: a page that asks for confirmation names their readers.
    tells: tuple[Any, ...]
    body: Callable[Concatenate[Record, Given], None]

    def why_not(self, record: Any, user: Any) -> list[str]:
        """Return every reason why this person cannot perform the verb now; an empty list means that they can.

        A user of None is the calendar: then only the conditions are checked, not the permission.
        """
        if record.status not in self.sources:
            said = {"status": record.get_status_display()}
            return [_("This is not possible while the status is “%(status)s”.") % said]
        if user is not None and not self.may(record, user):
            return [str(self.who)]
        return [reason for obstacles in self.unless for reason in obstacles(record)]

    def __call__(self, record: Record, *args: Given.args, **given: Given.kwargs) -> Record:
        """Perform the verb. Return the record as saved. Raise Refused with the reasons: then nothing has happened.

        If two people act at once, one wins and the other is refused.
        """
        by, note, at = given["by"], str(given.get("note", "")).strip(), given.get("at", NOW)
        with transaction.atomic():
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
        current.transitions.create(**line, by=by, on_behalf_of=getattr(by, "acts_for", None))


@contextmanager
def _saving_changes(current: Any, by: Any, reason: str, at: Any, is_always: bool = False) -> Iterator[None]:
    """Save what changes on a record meanwhile, with the fields that count every save (`updated_at`)."""
    fields = current._meta.concrete_fields
    before = {field.attname: getattr(current, field.attname) for field in fields}
    yield
    changed = [field.name for field in fields if getattr(current, field.attname) != before[field.attname]]
    if not changed and not is_always:
        return
    counting = [field.name for field in fields if getattr(field, "auto_now", False)]
    # Who and why for the field history, which would otherwise look for a request.
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
    tells: Iterable[Any] = (),
) -> Callable[[Callable[Concatenate[Record, Given], None]], Verb[Record, Given]]:
    """Declare a verb of a model. `Verb` says what each part means; the function says what happens beside the status."""

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
            tells=tuple(tells),
            body=body,
        )
        declared.__dict__["__doc__"] = body.__doc__
        return declared

    return declare


def verbs_of(model: type[models.Model]) -> dict[str, Verb[Any, Any]]:
    """Return the model's verbs by name, in the order in which they are declared."""
    return _verbs.get(model, {})


def verb_of(record: models.Model, name: str) -> Verb[Any, Any]:
    """Return a record's verb by name. Raise KeyError where there is none."""
    return verbs_of(type(record))[name]


def why_not(record: models.Model, name: str, user: Any) -> list[str]:
    """Return every reason why this person cannot perform a verb, named by a page, on this record now."""
    return verb_of(record, name).why_not(record, user)


def is_permitted(record: models.Model, name: str, user: Any) -> bool:
    """Return whether the person's role allows the verb, whatever the record's status and conditions."""
    return verb_of(record, name).may(record, user)
