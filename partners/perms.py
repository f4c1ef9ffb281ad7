"""Who acts for a partner, and who admits them. One expression each; `clusters.perms` has the roles."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from clusters.models import Cluster
from clusters.perms import can_keep_reference_data, has_role
from clusters.scopes import EDITORS, MANAGERS, clusters_with
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
    """Return whether this person keeps the partner's people: an approved primary contact."""
    return user.is_authenticated and user.is_active and partner.contacts.primary().filter(user=user).exists()


def can_admit(contact: Contact, user: User) -> bool:
    """Admit a colleague: the partner's primary contact, or staff of a cluster that has dealt with the partner."""
    return answerable(Contact.objects.filter(pk=contact.pk), user).exists()


def is_kept_by_office(partner: Partner) -> bool:
    """Return whether none of its own people keeps the partner yet: a cluster's office entered it, and does."""
    return partner.registered_in_id is not None and not _has_own_primary(partner)


def can_keep(partner: Partner, user: User) -> bool:
    """Change what a partner is, and the contacts that the office has of it: the editors of the office that entered it."""
    return is_kept_by_office(partner) and has_role(user, partner.registered_in_id, EDITORS)


def can_invite_for(partner: Partner, user: User) -> bool:
    """Invite its first people: the editors of a cluster that entered the partner or has dealt with it.

    Once it has a primary contact of its own, the partner invites its people itself.
    """
    return not _has_own_primary(partner) and stands_behind(partner, user)


def _has_own_primary(partner: Partner) -> bool:
    """Return whether somebody of its own keeps the partner's people: read once for each copy of it (kept on the copy)."""
    kept: Any = partner
    if not hasattr(kept, "_has_own_primary"):
        kept._has_own_primary = partner.contacts.primary().exists()
    has_own: bool = kept._has_own_primary
    return has_own


def stands_behind(partner: Partner, user: User) -> bool:
    """Return whether an invitation of this person to the partner is an office's: theirs entered it or has dealt with it."""
    mine = clusters_with(user, EDITORS)
    if not user.is_active or not mine or partner.has_had_contact(user):
        return False
    return partner.registered_in_id in mine or _dealt_with(mine).filter(partner=partner).exists()


def _dealt_with(clusters: list[int]) -> Any:
    return apps.get_model("sponsorships", "Sponsorship").objects.sent().filter(chair__cluster__in=clusters)


def answerable(contacts: ContactQuerySet, user: User) -> ContactQuerySet:
    """Narrow contacts to those whose request this person may answer (see `can_admit`): never their own.

    Staff who admitted themselves would read what the partner is to the other clusters.
    """
    if not user.is_authenticated or not user.is_active:
        return contacts.none()
    led = Contact.objects.primary().filter(user=user).values("partner")
    mine = clusters_with(user, EDITORS)
    known = Q(partner__in=_dealt_with(mine).values("partner")) | Q(partner__registered_in__in=mine)
    return contacts.filter(Q(partner__in=led) | known).exclude(user=user)


def can_merge_partners(user: User) -> bool:
    """Make partners one: managers, of those that `mergeable` narrows to, or the coordinator."""
    return can_keep_reference_data(user) or bool(clusters_with(user, MANAGERS))


def mergeable(partners: PartnerQuerySet, user: User) -> PartnerQuerySet:
    """Narrow partners to those whose files are all in clusters that this person manages.

    Merging moves all of the files: no cluster does that to those of another. The coordinator may anywhere.
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
    """Return a cluster that has dealt with the partner and that this person edits; None without one.

    Its editors and managers ask for what two of them change: the legal name, who signs.
    """
    known = apps.get_model("sponsorships", "Sponsorship").objects.sent().filter(partner=partner)
    mine = Cluster.objects.filter(pk__in=clusters_with(user, EDITORS))
    return mine.filter(pk__in=known.order_by().values("chair__cluster")).order_by("pk").first()
