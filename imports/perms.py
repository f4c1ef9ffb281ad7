"""Permissions on imports, one function each. `clusters.perms` has the roles."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.perms import has_role, has_role_anywhere
from clusters.scopes import EDITORS, FINANCE, MANAGERS
from core.on_behalf import hands_of
from imports.models import Import

# Editors import records, finance officers payments, managers both: each kind has its own roles.
IMPORTERS = EDITORS | FINANCE
ENTERING = _(
    "Whoever brought the files enters them. Where they hold decisions that nobody takes alone, another manager of the "
    "cluster does."
)


def can_import(user: User) -> bool:
    """Return whether the user may upload files: editors, finance officers and managers of any cluster."""
    return has_role_anywhere(user, IMPORTERS)


def can_discard(batch: Import, user: User) -> bool:
    """Return whether the user may discard an import or have it checked again: anyone who may import into its cluster."""
    return has_role(user, batch.cluster_id, IMPORTERS)


def can_enter(batch: Import, user: User) -> bool:
    """Return whether the user may enter an import: who uploaded it; if it needs a second person, another manager only.

    A stand-in is no second person beside the colleague for whom they act, whichever of the two uploaded it.
    """
    is_theirs = bool(hands_of(user) & batch.bringers)
    if batch.needs_second:
        return has_role(user, batch.cluster_id, MANAGERS) and not is_theirs
    return is_theirs and has_role(user, batch.cluster_id, IMPORTERS)
