"""What belongs to a sponsorship is seen by whoever sees the sponsorship."""

from django.db.models import Q

from clusters.scopes import has_no_role
from sponsorships.models.sponsorship import Sponsorship
from sponsorships.models.sponsorship_queryset import is_seen_by


def of_seen_sponsorship(user, field: str = "sponsorship") -> Q:
    """Whether the sponsorship of a record is one that this person sees; `field` leads to it.

    Of many, a member of staff asks for few, by their status: what they see is asked of each of these, so that the database may
    begin with the status. As a subquery all sponsorships of their clusters would be found first. Whoever has no role sees
    a few sponsorships, found by their partner or their chair: those are found first.
    """
    if has_no_role(user) or not user.is_authenticated or not user.is_active:
        return Q(**{f"{field}__in": Sponsorship.objects.visible_to(user)})
    return is_seen_by(user, f"{field}__")
