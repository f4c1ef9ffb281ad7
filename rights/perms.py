"""Permissions on what is kept about people, one function each. `clusters.perms` has the roles."""

from accounts.models import User
from clusters.models import Person
from clusters.perms import can_keep_reference_data
from clusters.scopes import EDITORS, clusters_with
from rights.models import people_of


def can_see_file(user: User) -> bool:
    """Return whether the user may see a person's file: the coordinator only, since it shows data of all clusters and partners."""
    return can_keep_reference_data(user)


def can_hide(user: User, person: Person) -> bool:
    """Return whether the user may hide a person or send their link: editors of a cluster that names them, the coordinator.

    Hiding is in the person's interest and can be undone, so it needs no more than changing a chair does.
    """
    if can_keep_reference_data(user):
        return True
    mine = clusters_with(user, EDITORS)
    return bool(mine) and people_of(mine).filter(pk=person.pk).exists()
