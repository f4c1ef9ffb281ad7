"""Who may do what with collaborations; who may see them, the queryset says."""

from accounts.models import User
from clusters.perms import can_keep_reference_data, has_role
from clusters.scopes import EDITORS
from collaborations.models import Collaboration


def can_edit_collaboration(user: User, collaboration: Collaboration) -> bool:
    """The editors and managers of the cluster that keeps it; the coordinator, where no cluster does."""
    if collaboration.kept_by_id is None:
        return can_keep_reference_data(user)
    return has_role(user, collaboration.kept_by_id, EDITORS)
