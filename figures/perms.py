"""Who reads which figures. `clusters.perms` has the roles, `Cluster.objects.visible_to` each user's clusters."""

from django.db.models import QuerySet

from accounts.models import User
from clusters.scopes import clusters_of
from partners.models import Contact, Partner


def can_read_the_nation(user: User) -> bool:
    """Return whether the user reads the figures of all clusters: the coordinator, the auditor and superusers."""
    return user.is_superuser or clusters_of(user).is_national


def partners_of(user: User) -> QuerySet[Partner]:
    """Return the partners whose figures this user reads: those for which they are an approved contact."""
    return Partner.objects.filter(contacts__in=Contact.objects.approved().filter(user=user))
