"""Who may act on what is kept about people. One expression each; `clusters.perms` has the roles."""

from accounts.models import User
from clusters.models import Person
from clusters.perms import can_keep_reference_data
from clusters.scopes import EDITORS, clusters_with
from rights.models import people_of


def can_see_file(user: User) -> bool:
    """The file holds what every cluster and partner keeps about somebody: the coordinator's affair alone."""
    return can_keep_reference_data(user)


def can_hide(user: User, person: Person) -> bool:
    """Hide somebody, or send them their link: editors and managers of a cluster that names them, and the coordinator.

    Hiding is in the person's interest and can be taken back: it asks no more than changing a chair does.
    """
    if can_keep_reference_data(user):
        return True
    mine = clusters_with(user, EDITORS)
    return bool(mine) and people_of(mine).filter(pk=person.pk).exists()
