"""The people with a role in a cluster."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from clusters.models import Cluster, StaffRole


def staff(cluster: Cluster, roles: Iterable[str]) -> QuerySet[User]:
    """Return the active accounts with one of these roles in a cluster."""
    held = StaffRole.objects.filter(cluster=cluster, role__in=roles).order_by()
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
