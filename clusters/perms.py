"""Who may do what, by role in a cluster. Every app above uses these functions."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from clusters.enums import Role
from clusters.models import Cluster, Person, StaffRole, TrainingProgramme
from clusters.scopes import EDITORS, MANAGERS, READERS, clusters_of, clusters_with


def has_role(user: User, cluster_id: int | None, allowed: frozenset[str]) -> bool:
    """Return whether the user holds one of the `allowed` roles in this cluster.

    Being a superuser is not a role, and verbs need one.
    """
    held = clusters_of(user).roles.get(cluster_id, frozenset()) if cluster_id is not None else frozenset()
    return bool(held & allowed)


def is_member_of_staff(user: User) -> bool:
    """Return whether the admin panel has anything to show this user: a role somewhere, or a superuser."""
    scope = clusters_of(user)
    return user.is_active and (user.is_superuser or scope.is_national or bool(scope.roles))


def acts_as_staff(user: User) -> bool:
    """Return whether this user may do more than a visitor or a partner somewhere.

    Such a user opens the panel, or soon will.
    """
    return user.is_authenticated and (user.is_staff or is_member_of_staff(user))


def has_role_anywhere(user: User, allowed: frozenset[str]) -> bool:
    return any(roles & allowed for roles in clusters_of(user).roles.values())


def can_see_private(user: User, cluster_id: int) -> bool:
    """Return whether the user reads a cluster's private records: its staff, and the coordinator and the auditor."""
    return user.is_superuser or clusters_of(user).is_national or has_role(user, cluster_id, READERS)


def can_keep_reference_data(user: User) -> bool:
    """Return whether the user edits kinds, rules, phases and staff roles: the coordinator or a superuser."""
    return user.is_superuser or Role.COORDINATOR in clusters_of(user).national


def can_edit_cluster(user: User, cluster_id: int) -> bool:
    """Return whether the user edits a cluster's page, themes and figures: its editors and managers."""
    return has_role(user, cluster_id, EDITORS)


def can_edit_programme(user: User, programme: TrainingProgramme) -> bool:
    """Return whether the user edits a training programme: editors and managers of the cluster that keeps it."""
    return can_edit_cluster(user, programme.cluster_id)


def can_enter_intakes(user: User, programme: TrainingProgramme) -> bool:
    """Return whether the user enters intakes: each cluster that keeps or shares the programme enters its own."""
    mine = clusters_with(user, EDITORS)
    return programme.cluster_id in mine or (bool(mine) and programme.shared_with.filter(pk__in=mine).exists())


def accounts_named_to(user: User) -> QuerySet[User]:
    """Return the accounts that a record's history shows by name: the staff of other clusters stay unnamed.

    Staff of clusters that fund a chair together see each other's names.
    """
    scope = clusters_of(user)
    if user.is_superuser or scope.is_national:
        return User.objects.all()
    roles = StaffRole.objects.order_by()
    chair: Any = Cluster._meta.get_field("chairs").related_model
    chairs = chair.objects.visible_to(user).order_by()
    near = roles.filter(Q(cluster=None) | Q(cluster__in=scope.pks) | Q(cluster__in=chairs.values("cluster")))
    return User.objects.filter(Q(is_superuser=True) | ~Q(pk__in=roles.values("user")) | Q(pk__in=near.values("user")))


def can_write_to_people(user: User) -> bool:
    """Return whether the user may export addresses of people and contacts: editors, managers and the coordinator.

    A reader or an auditor has no reason to write to them.
    """
    return has_role_anywhere(user, EDITORS) or Role.COORDINATOR in clusters_of(user).national


def can_see_contact(user: User, person: Person) -> bool:
    """Return whether the user sees a person's private address: national staff and the cluster that registered them.

    An appointment gives no access: any cluster may appoint a person whom a source names.
    """
    scope = clusters_of(user)
    return user.is_superuser or scope.is_national or person.registered_in_id in scope.roles


def may_link_accounts(user: User, person: Person | None) -> bool:
    """Return whether the user may link an account to a person, which opens the person's chairs to it.

    Only managers of the cluster that registered the person, and the coordinator, may.
    """
    return can_keep_reference_data(user) or (
        person is not None and person.registered_in_id in clusters_with(user, MANAGERS)
    )
