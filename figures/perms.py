"""Who reads which figures. `clusters.perms` has the roles, `Cluster.objects.visible_to` each person's clusters."""

from django.db.models import QuerySet

from accounts.models import User
from clusters.scopes import clusters_of
from partners.models import Contact, Partner


def can_read_the_nation(user: User) -> bool:
    """All clusters at once: the coordinator, the auditor, and who installs the site."""
    return user.is_superuser or clusters_of(user).is_national


def partners_of(user: User) -> QuerySet[Partner]:
    """Return the partners whose own figures this person reads: those for which they act."""
    return Partner.objects.filter(contacts__in=Contact.objects.approved().filter(user=user))
