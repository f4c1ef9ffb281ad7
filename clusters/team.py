"""The verbs of a cluster's team: its managers invite people, change roles and end them.

The history of roles is the log. Each verb locks the cluster's row: if two managers end each other's role at once, one
of them stays.
"""

import datetime

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.enums import InvitationState, Role
from clusters.models import Cluster, StaffInvitation, StaffRole
from clusters.perms import can_keep_reference_data, has_role
from clusters.scopes import MANAGERS
from core.exceptions import Refused
from core.languages import main_language
from core.mail.queue import Correspondent, queue_mail
from core.on_behalf import colleague_of

SALT = "clusters.staff_invitation"
# Enough for an office, too few to abuse the site's mails. Cancelled invitations count: their mails were sent.
MAX_A_DAY = 20


def can_manage_team(user: User, cluster: Cluster) -> bool:
    """Return whether the user may invite people, change and end roles: managers of the cluster, and the coordinator.

    Nobody does it on a colleague's behalf: what they give would last longer than their standing in.
    """
    is_theirs = has_role(user, cluster.pk, MANAGERS) or can_keep_reference_data(user)
    return is_theirs and colleague_of(user) is None


def token_of(invitation: StaffInvitation) -> str:
    return signing.Signer(salt=SALT).sign_object(invitation.pk)


def by_token(token: str) -> StaffInvitation | None:
    """Return the invitation of a mailed link, in any state, or None."""
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return StaffInvitation.objects.select_related("cluster", "invited_by").filter(pk=pk).first()


@transaction.atomic
def invite(cluster: Cluster, *, by: User, email: str, role: str) -> StaffInvitation:
    """Invite a person by mail to join the team. Raise Refused with the reasons."""
    _lock(cluster, by)
    email = email.strip().lower()
    if StaffRole.objects.filter(cluster=cluster, role=role, user__in=User.objects.at_address(email)).exists():
        raise Refused([_("This person already has this role in the cluster.")])
    # An expired invitation does not keep the address from being invited again.
    waiting = StaffInvitation.objects.filter(cluster=cluster, email=email, state=InvitationState.INVITED)
    if any(one.is_open for one in waiting):
        raise Refused([_("This address has already been invited. Cancel the invitation first if its role is wrong.")])
    waiting.update(state=InvitationState.CANCELLED, ended_at=timezone.now())
    today = StaffInvitation.objects.filter(cluster=cluster, invited_at__gt=timezone.now() - datetime.timedelta(days=1))
    if today.count() >= MAX_A_DAY:
        raise Refused([_("A team can send %(most)d invitations a day: continue tomorrow.") % {"most": MAX_A_DAY}])
    invitation = StaffInvitation.objects.create(cluster=cluster, email=email, role=role, invited_by=by)
    _mail_invitation(invitation)
    return invitation


@transaction.atomic
def cancel(invitation: StaffInvitation, *, by: User) -> None:
    """Cancel an invitation: its link stops working. Raise Refused with the reasons."""
    _lock(invitation.cluster, by)
    current = StaffInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not current.is_open:
        raise Refused([_("This invitation no longer waits for an answer.")])
    _end(current, InvitationState.CANCELLED)


def is_over(invitation: StaffInvitation) -> bool:
    """Return whether an invitation has ended, or its sender may no longer manage the team."""
    by = invitation.invited_by
    return not (invitation.is_open and by.is_active and can_manage_team(by, invitation.cluster))


def why_not_accept(invitation: StaffInvitation, user: User | None) -> list[str]:
    """Return why this user cannot accept the invitation; None stands for a person with the mailed link but no account."""
    if is_over(invitation):
        return [_("This invitation is no longer open. Ask your colleague for another one.")]
    if user is None or EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True).exists():
        return []
    return [_("This invitation was sent to another address than yours. Sign in with that address.")]


@transaction.atomic
def accept(invitation: StaffInvitation, *, by: User | None, name: str = "", language: str = "") -> User:
    """Give the role of the invitation to the user, or to a new account if there is none.

    Raise Refused with the reasons. The link was mailed to the address: opening it proves that the address is theirs.
    """
    Cluster.objects.select_for_update().get(pk=invitation.cluster_id)
    current = (
        StaffInvitation.objects.select_for_update(of=("self",))
        .select_related("cluster", "invited_by")
        .get(pk=invitation.pk)
    )
    if reasons := why_not_accept(current, by):
        raise Refused(reasons)
    if by is None:
        if User.objects.at_address(current.email).exists():
            raise Refused([_("An account with this e-mail address already exists.")])
        by = User.objects.create_user(current.email, name=name, language=language or main_language())
        EmailAddress.objects.create(user=by, email=current.email, verified=True, primary=True)
    if not StaffRole.objects.filter(user=by, cluster=current.cluster, role=current.role).exists():
        role = StaffRole(user=by, cluster=current.cluster, role=current.role)
        role._history_user = current.invited_by
        role.save()
    open_panel(by)
    current.accepted_by = by
    _end(current, InvitationState.ACCEPTED)
    context = {"by": by, "cluster": current.cluster, "role": current.get_role_display}
    queue_mail(current.invited_by, "staff/accepted", context, link=("panel_team:cluster", current.cluster.slug))
    return by


def why_not_lower(role: StaffRole, by: User) -> list[str]:
    """Return why this user cannot end this role, or change it to a lesser one."""
    if role.cluster_id is None or role.role != Role.MANAGER:
        return []
    if role.user_id == by.pk:
        return [_("You do not end your own role as a manager: another manager, or the coordinator, does.")]
    others = StaffRole.objects.filter(cluster=role.cluster_id, role=Role.MANAGER, user__is_active=True)
    if not others.exclude(pk=role.pk).exists():
        return [_("This is the cluster’s last manager: make somebody else a manager first.")]
    return []


@transaction.atomic
def change(role: StaffRole, *, by: User, to: str) -> StaffRole:
    """Replace a role by another one. Raise Refused with the reasons."""
    _lock(role.cluster, by)
    current = StaffRole.objects.select_for_update(of=("self",)).select_related("user", "cluster").get(pk=role.pk)
    if current.user_id == by.pk:
        raise Refused([_("Somebody else grants you your roles.")])
    if reasons := why_not_lower(current, by):
        raise Refused(reasons)
    if StaffRole.objects.filter(user=current.user, cluster=current.cluster, role=to).exists():
        raise Refused([_("This person already has this role.")])
    current.role = to
    current._history_user = by
    current.save()
    _tell(current, by, is_over=False)
    return current


@transaction.atomic
def end(role: StaffRole, *, by: User) -> None:
    """End a role. Raise Refused with the reasons."""
    _lock(role.cluster, by)
    current = StaffRole.objects.select_for_update(of=("self",)).select_related("user", "cluster").get(pk=role.pk)
    if reasons := why_not_lower(current, by):
        raise Refused(reasons)
    _tell(current, by, is_over=True)
    current._history_user = by
    current.delete()
    close_panel(current.user)


def open_panel(user: User) -> bool:
    """Let a user with a role open the panel. Return whether that is new."""
    if user.is_staff:
        return False
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    return True


def close_panel(user: User) -> bool:
    """Close the panel to a user without roles. Return whether that is new."""
    if not user.is_staff or user.is_superuser or user.staff_roles.exists():
        return False
    user.is_staff = False
    user.save(update_fields=["is_staff"])
    return True


def _lock(cluster: Cluster, by: User) -> None:
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    if not can_manage_team(by, cluster):
        said = _("Managers of the cluster, and the national coordinator, decide who is in its team, in their own name.")
        raise Refused([said])


def _end(invitation: StaffInvitation, state: InvitationState) -> None:
    invitation.state, invitation.ended_at = state, timezone.now()
    invitation.save(update_fields=["state", "ended_at", "accepted_by"])


def _tell(role: StaffRole, by: User, *, is_over: bool) -> None:
    context = {"by": by, "cluster": role.cluster, "role": role.get_role_display, "is_over": is_over}
    if role.user_id != by.pk:
        queue_mail(role.user, "staff/role_changed", context, link=None if is_over else ("admin:index",))


def _mail_invitation(invitation: StaffInvitation) -> None:
    """Queue the mail to the account with that address, or to the address alone in the sender's language.

    A closed account gets no mail.
    """
    known = User.objects.at_address(invitation.email).first()
    if known is not None and not known.is_active:
        return
    context = {
        "by": invitation.invited_by,
        "cluster": invitation.cluster,
        "role": invitation.get_role_display,
        "address": invitation.email,
        "last_day": timezone.localdate(invitation.expires_at),
    }
    reader = known or Correspondent(invitation.email, "", invitation.invited_by.language)
    queue_mail(reader, "staff/invited", context, link=("clusters:team_invitation", token_of(invitation)))
