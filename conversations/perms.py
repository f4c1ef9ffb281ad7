"""Who writes messages on a sponsorship, and for which side."""

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
    """Return for which side this person writes messages on a sent sponsorship; None if they may not write.

    The partner's contacts, whatever else they are; editors, finance staff and managers of the chair's cluster; the
    chair's investigators of today.
    """
    if sponsorship.submitted_at is None:
        return None
    if is_contact(sponsorship.partner, user):
        return MessageSide.PARTNER
    if has_role(user, sponsorship.chair.cluster_id, WRITERS):
        return MessageSide.OFFICE
    is_investigator = holds(sponsorship.chair_id, user)
    return MessageSide.INVESTIGATOR if is_investigator else None
