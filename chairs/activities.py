"""The acts on a posted activity: close it, raise its target, correct its target.

Each act is logged in the activity's timeline.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chairs.enums import ActivityVerb
from chairs.funding import funding
from chairs.models import Activity
from chairs.perms import can_edit, can_post_activity
from core.exceptions import Refused
from core.money import euros
from core.on_behalf import colleague_of
from core.verbs import NOTE_MAX_LENGTH

CLOSING = gettext_lazy("Editors and managers of the cluster, and the chair's investigators, close its activities.")
RAISING = gettext_lazy("Editors and managers of the cluster raise a target.")
LOWERING = gettext_lazy("Editors and managers of the cluster correct a target.")


def why_not_close(activity: Activity, by: User) -> list[str]:
    """Return every reason why this user cannot close the activity now."""
    if not can_post_activity(activity.chair, by):
        return [str(CLOSING)]
    return [_("This activity is already closed.")] if activity.is_closed() else []


def why_not_raise(activity: Activity, by: User) -> list[str]:
    """Return every reason why this user cannot raise the target now.

    A closed activity may be raised: proposals that came in time may still be accepted.
    """
    return [] if can_edit(activity.chair, by) else [str(RAISING)]


def why_not_lower(activity: Activity, by: User) -> list[str]:
    """Return every reason why this user cannot lower the target now."""
    if not can_edit(activity.chair, by):
        return [str(LOWERING)]
    resting = funding().resting_cash(activity)
    if resting < activity.target:
        return []
    return [
        _("Agreements and proposals worth %(resting)s depend on this target: it cannot be changed.")
        % {"resting": euros(resting)}
    ]


@transaction.atomic
def close(activity: Activity, *, by: User, note: str = "") -> Activity:
    """Close the activity to new proposals; those already sent continue. Raise Refused with the reasons."""
    current = _locked(activity)
    _refuse(why_not_close(current, by) + _too_long(note))
    current.closed_at = timezone.now()
    return _keep(current, ActivityVerb.CLOSE, "open", "closed", "closed_at", by=by, note=note)


@transaction.atomic
def raise_target(activity: Activity, *, by: User, target: Decimal, note: str) -> Activity:
    """Raise the target, so that more can be accepted; the note says why. Raise Refused with the reasons.

    It takes the same lock as an acceptance, so that each sees the effect of the other.
    """
    current = _locked(activity)
    _refuse(why_not_raise(current, by) + _too_long(note))
    if not note.strip():
        raise Refused([_("Say why: it stays on the record.")])
    if target <= current.target:
        raise Refused(
            [_("The target is %(target)s already: it can only be raised here.") % {"target": euros(current.target)}]
        )
    before, current.target = current.target, target
    return _keep(current, ActivityVerb.RAISE_TARGET, str(before), str(target), "target", by=by, note=note)


@transaction.atomic
def lower_target(activity: Activity, *, by: User, target: Decimal, note: str) -> Activity:
    """Lower a target that was set too high, never below the amounts that depend on it.

    Raise Refused with the reasons.
    """
    current = _locked(activity)
    _refuse(why_not_lower(current, by) + _too_long(note))
    if not note.strip():
        raise Refused([_("Say why: it stays on the record.")])
    if target >= current.target:
        raise Refused([_("The target is %(target)s: give less, or raise it.") % {"target": euros(current.target)}])
    resting = funding().resting_cash(current)
    if target < resting:
        raise Refused(
            [
                _("Agreements and proposals worth %(resting)s depend on this target: enter at least that amount.")
                % {"resting": euros(resting)}
            ]
        )
    before, current.target = current.target, target
    return _keep(current, ActivityVerb.LOWER_TARGET, str(before), str(target), "target", by=by, note=note)


def _locked(activity: Activity) -> Activity:
    # The chair is read, not locked: on PostgreSQL a join would lock it too.
    return Activity.objects.select_for_update(of=("self",)).select_related("chair__cluster").get(pk=activity.pk)


def _too_long(note: str) -> list[str]:
    if len(note) <= NOTE_MAX_LENGTH:
        return []
    return [_("The note is longer than %(most)d characters.") % {"most": NOTE_MAX_LENGTH}]


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(reasons)


def _keep(current: Activity, verb: str, source: str, target: str, changed: str, *, by: User, note: str) -> Activity:
    # The author and reason for the field history, which would otherwise take them from the request.
    current._history_user, current._change_reason = by, verb
    current.save(update_fields=[changed])
    current.transitions.create(
        verb=verb, source=source, target=target, by=by, on_behalf_of=colleague_of(by), note=note.strip()
    )
    return current
