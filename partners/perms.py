"""Permissions on partners and their contacts, one function each. `clusters.perms` has the roles."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from clusters.models import Cluster
from clusters.perms import can_keep_reference_data, has_role
from clusters.scopes import EDITORS, MANAGERS, clusters_with
from clusters.standing_in import both_of
from core.on_behalf import hands_of
from partners.enums import ContactState
from partners.models import Contact, Partner
from partners.models.partner import ContactQuerySet, PartnerQuerySet


def is_contact(partner: Partner, user: User) -> bool:
    """Return whether this person acts for the partner: an approved contact, of any role."""
    return user.is_authenticated and user.is_active and partner.state_of(user) == ContactState.APPROVED


def speaks_for(partner: Partner, user: User | None) -> bool:
    """Return whether this person acts, or once acted, for the partner."""
    return partner.has_had_contact(user)


def leads(partner: Partner, user: User) -> bool:
    """Return whether this person manages the partner's people: an approved primary contact."""
    return user.is_authenticated and user.is_active and partner.contacts.primary().filter(user=user).exists()


def can_admit(contact: Contact, user: User) -> bool:
    """Return whether the user may admit the contact: a primary contact, or editors of a cluster that knows the partner."""
    return answerable(Contact.objects.filter(pk=contact.pk), user).exists()


def is_kept_by_office(partner: Partner) -> bool:
    """Return whether a cluster's office still keeps the partner: it entered it, and there is no primary contact yet."""
    return partner.registered_in_id is not None and not _has_own_primary(partner)


def can_keep(partner: Partner, user: User) -> bool:
    """Return whether the user may edit the partner and the office's contacts: editors of the office that still keeps it."""
    return is_kept_by_office(partner) and has_role(user, partner.registered_in_id, EDITORS)


def can_invite_for(partner: Partner, user: User) -> bool:
    """Return whether the user may invite the partner's first people: editors of a cluster that entered or has dealt with it.

    Once it has a primary contact of its own, the partner invites its people itself.
    """
    return not _has_own_primary(partner) and stands_behind(partner, user)


def _has_own_primary(partner: Partner) -> bool:
    """Return whether the partner has a primary contact. The answer is cached on the instance."""
    kept: Any = partner
    if not hasattr(kept, "_has_own_primary"):
        kept._has_own_primary = partner.contacts.primary().exists()
    has_own: bool = kept._has_own_primary
    return has_own


def stands_behind(partner: Partner, user: User) -> bool:
    """Return whether the user may invite for an office: editors of a cluster that entered the partner or dealt with it.

    Not if they, or the colleague they stand in for, act or acted for the partner themselves.
    """
    mine = clusters_with(user, EDITORS)
    if not user.is_active or not mine or any(map(partner.has_had_contact, both_of(user))):
        return False
    return partner.registered_in_id in mine or _dealt_with(mine).filter(partner=partner).exists()


def _dealt_with(clusters: list[int]) -> Any:
    return apps.get_model("sponsorships", "Sponsorship").objects.sent().filter(chair__cluster__in=clusters)


def answerable(contacts: ContactQuerySet, user: User) -> ContactQuerySet:
    """Narrow contacts to those whose request the user may answer (see `can_admit`), never their own or their colleague's.

    Otherwise staff could admit themselves and read the partner's dealings with other clusters.
    """
    if not user.is_authenticated or not user.is_active:
        return contacts.none()
    led = Contact.objects.primary().filter(user=user).values("partner")
    mine = clusters_with(user, EDITORS)
    known = Q(partner__in=_dealt_with(mine).values("partner")) | Q(partner__registered_in__in=mine)
    return contacts.filter(Q(partner__in=led) | known).exclude(user__in=hands_of(user))


def can_merge_partners(user: User) -> bool:
    """Return whether the user may merge partners: the coordinator, and managers (those in `mergeable` only)."""
    return can_keep_reference_data(user) or bool(clusters_with(user, MANAGERS))


def mergeable(partners: PartnerQuerySet, user: User) -> PartnerQuerySet:
    """Narrow partners to those whose sponsorships are all in clusters that the user manages; no limit for the coordinator.

    A merge moves all the sponsorships, and no cluster may do that to another's.
    """
    if can_keep_reference_data(user):
        return partners
    files = apps.get_model("sponsorships", "Sponsorship").objects.order_by()
    mine = clusters_with(user, MANAGERS)
    elsewhere = files.exclude(chair__cluster__in=mine).values("partner")
    dealt_with_here = Q(pk__in=files.values("partner")) | Q(registered_in__in=mine)
    entered_elsewhere = Q(registered_in__isnull=False) & ~Q(registered_in__in=mine)
    return partners.filter(dealt_with_here).exclude(entered_elsewhere).exclude(pk__in=elsewhere)


def knowing_cluster(partner: Partner, user: User) -> Cluster | None:
    """Return a cluster that has dealt with the partner and in which the user is an editor; None if there is none.

    Two of its editors or managers together change the legal name and the signatories.
    """
    known = apps.get_model("sponsorships", "Sponsorship").objects.sent().filter(partner=partner)
    mine = Cluster.objects.filter(pk__in=clusters_with(user, EDITORS))
    return mine.filter(pk__in=known.order_by().values("chair__cluster")).order_by("pk").first()
