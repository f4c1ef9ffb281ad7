"""The shares of a chair that several clusters fund: when they are valid, who must agree, how money is divided.

See docs/figures.md.
"""

import datetime
from decimal import ROUND_DOWN, Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chairs.models.share import WHOLE, Shares
from chairs.perms import can_agree_share
from core.exceptions import Refused
from core.fetched import fetched
from core.money import CENT, percent

AGREEING = gettext_lazy("The managers of a cluster agree to its share of a chair.")


def unbalanced(lead, shares) -> list[str]:
    """Return why these shares (pairs of cluster and percent) are invalid for a chair whose own cluster is `lead`."""
    if not shares:
        return []
    reasons = []
    if lead not in {cluster for cluster, _percent in shares}:
        reasons.append(_("The chair’s own cluster needs a share too."))
    added = sum(share for _cluster, share in shares)
    if added != WHOLE:
        reasons.append(_("The shares add up to %(sum)s: they must be 100%%.") % {"sum": percent(added)})
    return reasons


def obstacles(chair) -> list[str]:
    """Return the reasons why the chair's shares keep it from starting, such as a missing agreement."""
    shares = fetched(chair, "shares")
    if shares is None:
        shares = list(chair.shares.select_related("cluster"))
    missing = [
        _("%(cluster)s has not agreed to its share of %(share)s yet: one of its managers can.")
        % {"cluster": share.cluster, "share": share.stated}
        for share in shares
        if share.agreed_at is None
    ]
    return unbalanced(chair.cluster_id, [(share.cluster_id, share.percent) for share in shares]) + missing


def why_not_agree(share, by: User) -> list[str]:
    """Return every reason why this user cannot agree to the share now."""
    if not can_agree_share(share, by):
        return [str(AGREEING)]
    if share.agreed_at is not None:
        return [_("%(cluster)s has already agreed to this share.") % {"cluster": share.cluster}]
    if not share.chair.may_change_shares:
        status = share.chair.get_status_display()
        return [_("This is not possible while the status is “%(status)s”.") % {"status": status}]
    return []


@transaction.atomic
def agree(share, *, by: User, percent: Decimal, at: datetime.datetime | None = None):
    """Agree to the share for its cluster, if it still has the percentage that the user saw. Raise Refused with the reasons."""
    shares = type(share).objects
    chair = share.chair.locked()
    share = shares.select_related("cluster").filter(pk=share.pk, percent=percent).first()
    if share is None:
        raise Refused([_("Somebody changed this share in the meantime: read it again.")])
    share.chair = chair
    if reasons := why_not_agree(share, by):
        raise Refused(reasons)
    share.agreed_by, share.agreed_at = by, at or timezone.now()
    share._history_date, share._history_user = share.agreed_at, by
    share.save()
    chair.log("agree_share", by=by, note=str(share), at=share.agreed_at)
    return share


def divide(amount: Decimal, shares: Shares, lead: int) -> Shares:
    """Return each cluster's part of an amount in whole cents; the lead gets the remainder.

    The parts always add up to the amount, and a reversal divides like the amount that it reverses.
    """
    parts = {
        cluster: (amount * percent / WHOLE).quantize(CENT, ROUND_DOWN)
        for cluster, percent in shares.items()
        if cluster != lead
    }
    return {**parts, lead: amount - sum(parts.values())}
