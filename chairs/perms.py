"""Who may do what with a chair: one expression per function. `clusters.perms` has the roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.enums import RUNNING_STATUSES, ChairStatus
from chairs.models import Appointment, Chair, ClusterShare
from chairs.models.appointment import chairs_held_by
from clusters.perms import has_role
from clusters.scopes import EDITORS, MANAGERS
from clusters.standing_in import is_by
from core.on_behalf import hands_of

DECIDING = _(
    "Managers of the cluster decide this, but not alone on a chair that they registered themselves: another manager "
    "must."
)
ADOPTING = _("Managers of the cluster adopt a chair that a published source proves.")
RESUMING = _("Managers of the cluster resume its chairs.")


def holds(chair_id: int, user: User) -> bool:
    """Return whether the user is a principal investigator of the chair today.

    The chairs are read once per request, and kept on the user object.
    """
    kept: Any = user
    if not hasattr(kept, "_chairs_held"):
        kept._chairs_held = frozenset(chairs_held_by(user).values_list("chair", flat=True))
    return chair_id in kept._chairs_held


def has_led(chair_id: int, user: User) -> bool:
    """Return whether the user, or the colleague for whom they act, ever had a place in the chair. Kept as in `holds`."""
    kept: Any = user
    hands = hands_of(user)
    if getattr(kept, "_chairs_led", ((), ()))[0] != hands:
        found = Appointment.objects.filter(person__user__in=hands).order_by()
        kept._chairs_led = hands, frozenset(found.values_list("chair", flat=True))
    return chair_id in kept._chairs_led[1]


def can_edit(chair: Chair, user: User) -> bool:
    """Return whether the user may register, edit and submit: editors and managers of the chair's cluster."""
    return has_role(user, chair.cluster_id, EDITORS)


def changes_by_two(chair: Chair) -> bool:
    """Return whether changes of dates and investigators need two people: the chair runs, with the four-eyes rule."""
    return chair.status in RUNNING_STATUSES and chair.cluster.needs_four_eyes


def can_withdraw(chair: Chair, user: User) -> bool:
    """Return whether the user may withdraw the chair: editors before approval, only managers once it is public."""
    return can_manage(chair, user) if chair.is_published else can_edit(chair, user)


def can_manage(chair: Chair, user: User) -> bool:
    """Return whether the user may activate, resume or ask for changes: managers of the chair's cluster."""
    return has_role(user, chair.cluster_id, MANAGERS)


def can_decide(chair: Chair, user: User) -> bool:
    """Return whether the user may approve, decline, suspend or close: managers of the chair's cluster.

    Where the cluster has the four-eyes rule, the manager who registered the chair may not.
    """
    if not can_manage(chair, user):
        return False
    return not chair.cluster.needs_four_eyes or not is_by(user, chair.registered_by_id, chair)


def can_agree_share(share: ClusterShare, user: User) -> bool:
    """Return whether the user may agree to a cluster's share: managers of the share's cluster, not of the chair's."""
    return has_role(user, share.cluster_id, MANAGERS)


def can_post_activity(chair: Chair, user: User) -> bool:
    """Return whether the user may post or close an activity: the chair's investigators, editors and managers."""
    return can_edit(chair, user) or holds(chair.pk, user)


def can_keep_outputs(chair: Chair, user: User) -> bool:
    """Return whether the user may add, confirm or set aside outputs: the chair's investigators, editors and managers."""
    return can_post_activity(chair, user)


def can_edit_page_text(chair: Chair, user: User) -> bool:
    """Return whether the user may edit the page's text: the chair's investigators, editors and managers.

    Never for a chair whose text comes from a published source.
    """
    return chair.status != ChairStatus.SOURCED and can_post_activity(chair, user)
