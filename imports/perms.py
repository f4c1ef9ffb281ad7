"""Who may import, and who enters what was checked. One expression each; `clusters.perms` has the roles."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.perms import has_role, has_role_anywhere
from clusters.scopes import EDITORS, FINANCE, MANAGERS
from imports.models import Import

# An editor brings records, a finance officer payments, a manager both: each kind asks for its own role.
IMPORTERS = EDITORS | FINANCE
ENTERING = _(
    "Whoever brought the files enters them. Where they hold decisions that nobody takes alone, another manager of the "
    "cluster does."
)


def can_import(user: User) -> bool:
    """Bring files: editors, finance officers and managers of any cluster."""
    return has_role_anywhere(user, IMPORTERS)


def can_discard(batch: Import, user: User) -> bool:
    """Set it aside, or have it checked again: whoever could have brought it."""
    return has_role(user, batch.cluster_id, IMPORTERS)


def can_enter(batch: Import, user: User) -> bool:
    """Enter it: whoever brought it; where it decides what is not decided alone, another manager of the cluster."""
    if batch.needs_second:
        return has_role(user, batch.cluster_id, MANAGERS) and user.pk != batch.uploaded_by_id
    return user.pk == batch.uploaded_by_id and has_role(user, batch.cluster_id, IMPORTERS)
