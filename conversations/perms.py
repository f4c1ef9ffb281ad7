"""Who may write messages on a sponsorship, and for which side."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.perms import holds
from clusters.perms import has_role
from conversations.enums import WRITERS, MessageSide
from partners.perms import is_contact
from sponsorships.models import Sponsorship

WRITING = _(
    "The partner's contacts, the cluster's editors, finance staff and managers, and the chair's investigators write."
)


def side_of(sponsorship: Sponsorship, user: User) -> str | None:
    """Return the side for which this user writes on a sponsorship; None if they may not write or it is not sent yet.

    In this order: a contact of the partner; an editor, finance staff or manager of the chair's cluster; an investigator
    who holds the chair today.
    """
    if sponsorship.submitted_at is None:
        return None
    if is_contact(sponsorship.partner, user):
        return MessageSide.PARTNER
    if has_role(user, sponsorship.chair.cluster_id, WRITERS):
        return MessageSide.OFFICE
    is_investigator = holds(sponsorship.chair_id, user)
    return MessageSide.INVESTIGATOR if is_investigator else None
