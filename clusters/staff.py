"""The people who hold a role in a cluster."""

from collections.abc import Iterable

from django.db import models

from accounts.models import User
from clusters.models import StaffRole


def staff(cluster: models.Model, roles: Iterable[str]) -> models.QuerySet[User]:
    """Return the people who hold one of these roles in a cluster."""
    held = StaffRole.objects.filter(cluster=cluster, role__in=roles).order_by()
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
