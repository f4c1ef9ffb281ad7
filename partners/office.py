"""Partners that a cluster's office enters before their own people arrive, and its invitations to them."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Cluster
from core.exceptions import Refused
from core.slugs import free_address_untold
from partners import colleagues
from partners.membership import SLUG_MAX_LENGTH
from partners.models import Invitation, OfficeContact, Partner
from partners.perms import can_invite_for


@transaction.atomic
def enter(partner: Partner, *, cluster: Cluster) -> Partner:
    """Save and return a partner that an office enters.

    A saved partner stays as it is and becomes known to the cluster.
    """
    if partner.pk is None:
        partner.registered_in = cluster
        partner.slug = free_address_untold(partner.name, Partner.objects.all(), SLUG_MAX_LENGTH)
        partner.save()
    partner.known_in.add(cluster)
    return partner


def why_not_invite(known: OfficeContact, by: User) -> list[str]:
    """Return every reason why this person cannot invite somebody whom the office knows."""
    if not can_invite_for(known.partner, by):
        return [_("The partner has a primary contact of its own, who invites its people.")]
    return [] if known.email else [_("Enter an e-mail address for this person first.")]


def invite(known: OfficeContact, *, by: User) -> Invitation:
    """Invite somebody whom the office knows to act for the partner, and return the invitation.

    The first one invited becomes primary contact. Raise Refused with the reasons.
    """
    if reasons := why_not_invite(known, by):
        raise Refused(reasons)
    roles = {role: getattr(known, role) for role in colleagues.ROLES}
    if not known.partner.invitations.filter(is_primary=True, state="invited").exists():
        roles["is_primary"] = True
    return colleagues.invite(known.partner, by=by, email=known.email, roles=roles)
