"""One shape for everything that has a life: chairs, sponsorships and what comes after them.

A verb is a method under django-fsm-2's `@transition`. Its `custom` says how it reads (`label`, `done`), who may
(`who`, a sentence), which `moment` field it stamps, and whether a note is required (`needs_note`).
docs/transitions.md explains how a verb is added.
"""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from accounts.models import User

NOTE_MAX_LENGTH = 2000

# Sent inside the transaction, after the row is saved and logged:
# verb_performed(sender, record, verb, by, note, details, at).
verb_performed = Signal()


class Refused(Exception):
    """A verb was refused. `reasons` are sentences for the person who pressed the button."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Condition:
    """A condition of a verb that answers why it is not met, in the reader's language."""

    def __init__(self, reasons: Callable[[models.Model], list[str]]):
        self.reasons = reasons

    def __call__(self, record) -> bool:
        return not self.reasons(record)


class TransitionLog(models.Model):
    """One line of a record's life: who did what, when, and the note they left."""

    verb = models.CharField(gettext_lazy("verb"), max_length=30)
    source = models.CharField(gettext_lazy("from"), max_length=30)
    target = models.CharField(gettext_lazy("to"), max_length=30)
    by = models.ForeignKey(
        # For traceability and accountability.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("by"),
    )
    at = models.DateTimeField(gettext_lazy("at"), default=timezone.now)
    note = models.TextField(gettext_lazy("note"), blank=True, max_length=NOTE_MAX_LENGTH)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.verb}: {self.source} → {self.target}"

    @property
    def who(self) -> str:
        """Who acted, by name; nothing for the calendar. Where it was on somebody's behalf, subclasses say so."""
        return str(self.by) if self.by else ""

    @property
    def done(self) -> str:
        """The verb in the past, for a timeline; where it is no verb of ours (yet), the status it led to."""
        model = self._meta.get_field("record").related_model
        if verb := verbs_of(model).get(self.verb):
            return verb.custom["done"]
        return dict(model._meta.get_field("status").choices).get(self.target, self.verb)


def verbs_of(model: type[models.Model]) -> dict:
    """Return the model's verbs by name, in the order in which they are declared."""
    field = model._meta.get_field("status")
    found: dict = {}
    for declared in field.get_all_transitions(model):
        found.setdefault(declared.name, declared)
    order = list(model.__dict__)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def _transition_from(record, name: str):
    """Return the verb's transition that starts at the record's status, or None."""
    return getattr(type(record), name)._django_fsm.get_transition(record.status)


def why_not(record, name: str, user: User | None) -> list[str]:
    """Return every reason why this person cannot perform this verb on this record now; an empty list means they can.

    Nobody (None) is the calendar: a date that has come asks for no permission, only for the conditions.
    """
    declared = _transition_from(record, name)
    if declared is None:
        return [_("This is not possible while the status is “%(status)s”.") % {"status": record.get_status_display()}]
    if user is not None and not declared.has_perm(record, user):
        return [str(declared.custom["who"])]
    return [reason for condition in declared.conditions or [] for reason in condition.reasons(record)]


def is_permitted(record, name: str, user: User) -> bool:
    """Whether the person's role allows the verb, whatever the record's status and conditions."""
    return verbs_of(type(record))[name].has_perm(record, user)


def perform(
    record,
    name: str,
    *,
    by: User | None,
    note: str = "",
    details: dict | None = None,
    at: datetime.datetime | None = None,
):
    """Perform a verb: refuse, or change the status with its date and log it, in one transaction.

    `details` are what this one verb says beyond a note; who listens to `verb_performed` keeps them. `at` is the moment
    that is written down, now by default.
    Return the record as saved. Raise Refused with the reasons, from whoever listens too: then nothing has happened.
    Of two people pressing together one wins and the other is refused.
    """
    note = note.strip()
    with transaction.atomic():
        record.lock_before(name)
        current = type(record)._base_manager.select_for_update().filter(pk=record.pk).first()
        if current is None:
            raise Refused([_("This record is no longer there: somebody deleted it.")])
        current.lock_for(name)
        # Once its turn has come: what waited for another act happened after it.
        at = at or timezone.now()
        declared = verbs_of(type(current))[name]
        reasons = why_not(current, name, by)
        if not reasons and declared.custom.get("needs_note") and not note:
            reasons = [_("Say why: it stays on the record.")]
        if len(note) > NOTE_MAX_LENGTH:
            reasons.append(_("The note is longer than %(most)d characters.") % {"most": NOTE_MAX_LENGTH})
        if reasons:
            raise Refused(reasons)
        _move(current, name, declared, by=by, note=note, at=at)
        verb_performed.send(type(current), record=current, verb=name, by=by, note=note, details=details or {}, at=at)
    return current


def _move(current, name: str, declared, *, by: User | None, note: str, at: datetime.datetime) -> None:
    source = current.status
    before = {field.attname: getattr(current, field.attname) for field in current._meta.concrete_fields}
    try:
        getattr(current, name)(by=by, note=note)
        if moment := declared.custom.get("moment"):
            setattr(current, moment, at)
        # Who and why for the field history, which would otherwise look for a request.
        current._history_user, current._change_reason, current._history_date = by, name, at
        current.save(update_fields=_changed_fields(current, before))
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        raise Refused([_("Somebody else changed this record at the same moment. Open it again.")]) from error
    del current._history_user, current._change_reason, current._history_date
    current.transitions.create(verb=name, source=source, target=current.status, by=by, note=note, at=at)


def _changed_fields(current, before: dict) -> list[str]:
    """Return what the verb changed, and the fields that count every save (`updated_at`), which Django leaves out."""
    return [
        field.name
        for field in current._meta.concrete_fields
        if getattr(current, field.attname) != before[field.attname] or getattr(field, "auto_now", False)
    ]


class LivingRecord(models.Model):
    """What a model with a life offers to `perform`."""

    class Meta:
        abstract = True

    def locked(self):
        """Return the record as it stands, locked until the transaction ends: of two acts at once, one is first."""
        return type(self)._base_manager.select_for_update().get(pk=self.pk)

    def log(self, act: str, *, by: User, note: str = "", at: datetime.datetime | None = None) -> None:
        """Write an act that moves no status in the record's life: the status stands on both sides of it."""
        self.transitions.create(
            verb=act, source=self.status, target=self.status, by=by, note=note.strip(), at=at or timezone.now()
        )

    def lock_before(self, verb: str) -> None:
        """Take the locks that come before the record's own. Only what never changes of this copy counts: it may be old."""

    def lock_for(self, verb: str) -> None:
        """Take the locks, beyond the record's own, that the verb's conditions must read under."""
