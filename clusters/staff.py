"""The people who hold a role in a cluster."""

from collections.abc import Iterable

from django.db import models

from accounts.models import User


def staff(cluster: models.Model, roles: Iterable[str]) -> models.QuerySet[User]:
    """Return the people who hold one of these roles in a cluster."""
    return User.objects.filter(is_active=True, staff_roles__cluster=cluster, staff_roles__role__in=roles).distinct()
