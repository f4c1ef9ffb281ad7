"""The grants that are made up for a demonstration: those of its chairs. A cluster's own grant is always real."""

import datetime
from collections import defaultdict
from decimal import Decimal

from chairs.models import Chair, ClusterShare
from chairs.shares import divide
from clusters.enums import Origin
from sponsorships.accounting.sums import ZERO


def made_up_grants(day: datetime.date) -> dict[int, Decimal]:
    """Return the public grants of demonstration chairs by cluster, shared chairs by their shares on a day."""
    chairs = Chair.objects.published().filter(origin=Origin.DEMONSTRATION, public_grant__isnull=False).order_by()
    shares = ClusterShare.objects.filter(chair__in=chairs.values("pk")).in_force(day)
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for chair, cluster, grant in chairs.values_list("pk", "cluster", "public_grant"):
        parts = divide(grant, shares[chair], cluster) if chair in shares else {cluster: grant}
        for one, amount in parts.items():
            found[one] += amount
    return dict(found)
