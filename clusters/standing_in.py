"""Acting on behalf of a colleague: with their roles in one cluster, on the days that they chose.

A stand-in never counts as the second pair of eyes. `acts_for` on the user object is the colleague in this request;
every log line names both.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Cluster, Delegation, StaffRole
from clusters.perms import has_role
from clusters.scopes import MANAGERS, READERS, Scope, clusters_of
from core.changes import ON_BEHALF
from core.exceptions import Refused
from core.mail.queue import queue_mail
from core.on_behalf import colleague_of, hands_of
from core.transitions import BEGUN

# The session's key of the delegation in use.
SESSION_KEY = "acts_under"
MAX_DAYS = 184


def both_of(user: User) -> list[User]:
    """Return the user, and the colleague for whom they act."""
    other = colleague_of(user)
    return [user, other] if other else [user]


def is_by(user: User, by_id: int | None, record: Any) -> bool:
    """Return whether the user began a record: themselves, as a stand-in, or through their own stand-in.

    The record's log is read only for users who ever had a stand-in.
    """
    hands = hands_of(user)
    if by_id in hands:
        return True
    lines = record.transitions.all() if has_stand_ins(user) else ()
    return any(line.verb == BEGUN and line.on_behalf_of_id in hands for line in lines)


def has_stand_ins(user: User) -> bool:
    """Return whether anybody may have acted on behalf of this user, or of the colleague for whom they act."""
    return colleague_of(user) is not None or clusters_of(user).has_delegated


def act_under(user: User, delegation: Delegation) -> None:
    """Let the user act for the delegator in this request: with their own roles, and the delegator's in the cluster."""
    scope, cluster = clusters_of(user), delegation.cluster_id
    lent = StaffRole.objects.filter(user=delegation.delegator_id, cluster=cluster).values_list("role", flat=True)
    roles = {**scope.roles, cluster: scope.roles.get(cluster, frozenset()) | frozenset(lent)}
    acting: Any = user
    acting._scope = Scope(roles, scope.national, scope.has_delegated)
    acting.acts_for, acting.acts_under = delegation.delegator, delegation


def as_acting(user: User, colleague: User) -> User:
    """Return a copy of the user that acts for the colleague wherever they stand in for them today; nowhere, their own self."""
    acting = User.objects.get(pk=user.pk)
    for delegation in running_for(acting).filter(delegator=colleague.pk):
        act_under(acting, delegation)
    return acting


def running_for(user: User):
    """Return the delegations that this user can use today: they must hold a role in the cluster themselves."""
    mine = Delegation.objects.running().filter(
        stand_in=user, cluster__in=StaffRole.objects.filter(user=user).values("cluster")
    )
    return mine.select_related("delegator", "cluster")


def stand_ins_of(user: User, cluster: Cluster):
    """Return the possible stand-ins of this user: colleagues with a role in the same cluster."""
    there = StaffRole.objects.filter(cluster=cluster, role__in=READERS).order_by().values("user")
    return User.objects.filter(pk__in=there, is_active=True).exclude(pk=user.pk).order_by("name", "pk")


@transaction.atomic
def delegate(cluster: Cluster, *, by: User, to: User, starts_on: datetime.date, ends_on: datetime.date) -> Delegation:
    """Name a stand-in. Raise Refused with the reasons."""
    reasons = []
    if colleague_of(by) is not None:
        reasons.append(_("Whoever acts on behalf of somebody names no stand-in."))
    if not has_role(by, cluster.pk, READERS):
        reasons.append(_("You have no role in this cluster."))
    if not stand_ins_of(by, cluster).filter(pk=to.pk).exists():
        reasons.append(_("A stand-in is a colleague who has a role in the same cluster."))
    if ends_on < max(starts_on, timezone.localdate()):
        reasons.append(_("The last day is over, or comes before the first."))
    if (ends_on - starts_on).days > MAX_DAYS:
        reasons.append(_("Name a stand-in for %(days)d days at most.") % {"days": MAX_DAYS})
    if reasons:
        raise Refused(reasons)
    made = Delegation.objects.create(cluster=cluster, delegator=by, stand_in=to, starts_on=starts_on, ends_on=ends_on)
    context = {"by": by, "cluster": cluster, "since": starts_on, "last_day": ends_on}
    queue_mail(to, "staff/stands_in", context, link=("panel_desk:stand_ins",))
    return made


def can_end(delegation: Delegation, user: User) -> bool:
    """Return whether the user may end a delegation: the delegator, the stand-in, and managers of the cluster."""
    is_party = user.pk in (delegation.delegator_id, delegation.stand_in_id)
    return is_party or has_role(user, delegation.cluster_id, MANAGERS)


def end(delegation: Delegation, *, by: User) -> None:
    """End a delegation from the next request on. Raise Refused."""
    if not can_end(delegation, by):
        raise Refused([_("Whoever named the stand-in takes it back, or the stand-in, or a manager of the cluster.")])
    Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=timezone.now())


def note_in_history(sender, history_instance, history_user=None, **kwargs) -> None:
    """Add to a line of the field history on whose behalf it was made, after the reason."""
    other = colleague_of(history_user)
    if other is not None:
        reason = history_instance.history_change_reason or ""
        history_instance.history_change_reason = f"{reason}{ON_BEHALF}{other.pk}"
