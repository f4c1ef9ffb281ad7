"""The made-up grants of a demonstration: those of its chairs. A cluster's own grant is always real."""

from collections import defaultdict
from decimal import Decimal

from chairs.known_shares import known_shares
from chairs.models import Chair, ClusterShare
from chairs.models.share import in_force
from chairs.shares import divide
from clusters.enums import Origin
from core.known import say_as_known
from figures.dated import Dates
from sponsorships.accounting.sums import ZERO


def made_up_grants(dates: Dates) -> dict[int, Decimal]:
    """Return the grants of demonstration chairs by cluster, divided by the shares in force on a day, as known then."""
    chairs = Chair.objects.published().filter(origin=Origin.DEMONSTRATION, public_grant__isnull=False).order_by()
    shares = ClusterShare.objects.filter(chair__in=chairs.values("pk")).in_force(dates.on)
    rows = list(chairs.only("cluster", "public_grant"))
    if dates.is_past:
        say_as_known(rows, dates.known_before, "public_grant")
        shares = in_force(known_shares(dates.known_before), dates.on)
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for chair in rows:
        grant, cluster = chair.public_grant or ZERO, chair.cluster_id
        parts = divide(grant, shares[chair.pk], cluster) if chair.pk in shares else {cluster: grant}
        for one, amount in parts.items():
            found[one] += amount
    return dict(found)
