"""A user's roles on the staff: read once per request, used by querysets and by `clusters.perms`."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from clusters.enums import Role
from core.prepared import Argument, Prepared


@Prepared
def _roles_of() -> Any:
    """Return the user's roles, each with whether the user has ever named a stand-in."""
    roles = User.staff_roles.rel.related_model._default_manager.filter(user=Argument("user"))
    delegations = User.delegations.rel.related_model._default_manager.order_by()
    return roles.values_list("cluster_id", "role", Exists(delegations.filter(delegator=OuterRef("user"))))


READERS = frozenset({Role.READER, Role.EDITOR, Role.FINANCE, Role.MANAGER})
EDITORS = frozenset({Role.EDITOR, Role.MANAGER})
FINANCE = frozenset({Role.FINANCE, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})


@dataclass(frozen=True)
class Scope:
    """The clusters in which a user has a role, with the roles, and the national roles."""

    roles: dict[int, frozenset[str]] = field(default_factory=dict)
    national: frozenset[str] = frozenset()
    has_delegated: bool = False

    @property
    def pks(self) -> list[int]:
        return list(self.roles)

    @property
    def is_national(self) -> bool:
        return bool(self.national)


def clusters_of(user: User) -> Scope:
    """Return the user's scope, read once per request and kept on the user object."""
    if not user.is_active:  # like an anonymous user
        return Scope()
    # Called some hundred times per page, on a user object behind a lazy proxy: hence `getattr` with a default.
    scope: Scope | None = getattr(user, "_scope", None)
    if scope is None:
        scope = _read(user)
        kept: Any = user
        kept._scope = scope
    return scope


def _read(user: User) -> Scope:
    roles: dict[int, frozenset[str]] = {}
    national: set[str] = set()
    has_delegated = False
    for cluster, role, delegated in _roles_of(user=user.pk):
        has_delegated = delegated
        if cluster is None:
            national.add(role)
        else:
            roles[cluster] = roles.get(cluster, frozenset()) | {role}
    return Scope(roles, frozenset(national), has_delegated)


class Anybody:
    """Stands in a prepared query (core/prepared.py) for any active account without a role; its key is the argument `user`."""

    pk = id = Argument("user")
    is_authenticated = is_active = True
    is_superuser = is_staff = False
    _scope = Scope()


ANYBODY: Any = Anybody()


def has_no_role(user: User) -> bool:
    """Return whether a query prepared for ANYBODY fits this user."""
    scope = clusters_of(user)
    return not (user.is_superuser or scope.roles or scope.national)


def clusters_with(user: User, allowed: frozenset[str]) -> list[int]:
    """Return the clusters in which the user holds one of the `allowed` roles."""
    return [cluster for cluster, roles in clusters_of(user).roles.items() if roles & allowed]
