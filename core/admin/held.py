"""Held decisions: taken, but not announced. The record keeps its status until a decision is released.

Releasing performs the verb on behalf of the person who decided, under the conditions
of that moment; its mails leave then.
"""

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import Refused
from core.models import HeldDecision, OutgoingMail
from core.on_behalf import as_then, colleague_of, hands_of
from core.rehearsal import undone
from core.verbs import Verb, verbs_of

NAME_MAX_LENGTH = HeldDecision._meta.get_field("name").max_length


def verb_named(model, name: str) -> Verb:
    return verbs_of(model)[name]


def hold(record, verb: Verb, *, by, note: str) -> HeldDecision:
    """Hold a decision. Raise Refused if the verb is not possible, or if another decision is already held."""
    with transaction.atomic():
        current = verb.locks(record)
        reasons = verb.why_not(current, by)
        if not reasons and verb.needs_note and not note:
            reasons = [_("Say why: it stays on the record.")]
        if not reasons and held_on(current) is not None:
            reasons = [_("A decision on this record is held already.")]
        if reasons:
            raise Refused(reasons)
        label, name = current._meta.label_lower, str(current)[:NAME_MAX_LENGTH]
        about = {"list_of": label, "record": current.pk, "name": name}
        return HeldDecision.objects.create(**about, verb=verb.name, note=note, by=by, on_behalf_of=colleague_of(by))


def held_on(record) -> HeldDecision | None:
    """Return the decision held on a record, or None."""
    held = HeldDecision.objects.filter(list_of=record._meta.label_lower, record=record.pk, ended_at=None)
    return held.select_related("by", "on_behalf_of").first()


def verb_of_held(held: HeldDecision) -> Verb:
    return verb_named(apps.get_model(held.list_of), held.verb)


def record_of(held: HeldDecision):
    """Return the record of a decision, or None if it was deleted."""
    return apps.get_model(held.list_of)._default_manager.filter(pk=held.record).first()


def may_end(held: HeldDecision, user) -> bool:
    """Return whether the user may release or drop the decision: they took it, or have permission for its verb."""
    record = record_of(held)
    is_own = bool(hands_of(user) & {held.by_id, held.on_behalf_of_id})
    return is_own or (record is not None and verb_of_held(held).may(record, user))


def decider_of(held: HeldDecision):
    """Return the account that decided, as it acted then: on behalf of a colleague, if it did and still may."""
    return as_then(held.by, held.on_behalf_of)


def why_not_drop(held: HeldDecision, user) -> list[str]:
    """Return the reasons why this user cannot drop the decision; an empty list if they can."""
    if held.ended_at is not None:
        return [_("This decision has been released or dropped already.")]
    if not may_end(held, user):
        return [str(verb_of_held(held).who)]
    return []


def why_not_release(held: HeldDecision, user) -> list[str]:
    """Return the reasons why the decision cannot be released now, including the verb's own for the person who decided."""
    if reasons := why_not_drop(held, user):
        return reasons
    record = record_of(held)
    if record is None:
        return [_("This record is no longer there: somebody deleted it.")]
    return verb_of_held(held).why_not(record, decider_of(held))


def release(held: HeldDecision, *, by) -> None:
    """Perform the decision on behalf of the person who took it; its mails leave now. Raise Refused with the reasons."""
    with transaction.atomic():
        current = _locked(held)
        if reasons := why_not_release(current, by):
            raise Refused(reasons)
        verb_of_held(current)(record_of(current), by=decider_of(current), note=current.note)
        _end(current, by, is_released=True)


def drop(held: HeldDecision, *, by) -> None:
    """Drop the decision: the record stays as it is, and another can be taken. Raise Refused with the reasons."""
    with transaction.atomic():
        current = _locked(held)
        if reasons := why_not_drop(current, by):
            raise Refused(reasons)
        _end(current, by, is_released=False)


def _locked(held: HeldDecision) -> HeldDecision:
    return HeldDecision.objects.select_for_update().get(pk=held.pk)


def _end(held: HeldDecision, by, *, is_released: bool) -> None:
    held.ended_at, held.ended_by, held.is_released = timezone.now(), by, is_released
    held.save(update_fields=["ended_at", "ended_by", "ended_for", "is_released"])


def mails_of(decisions, *, by) -> dict[int, list[OutgoingMail]]:
    """Return the mails that releasing these decisions now would send, by decision. They are written and rolled back."""
    found = {}
    with undone():
        for held in decisions:
            last = OutgoingMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            try:
                release(held, by=by)
            except Refused:
                found[held.pk] = []
                continue
            written = OutgoingMail.objects.filter(pk__gt=last).select_related("recipient").order_by("pk")
            found[held.pk] = list(written)
    return found
