"""Who may do what with collaborations; `CollaborationQuerySet.visible_to` says who sees them."""

from accounts.models import User
from clusters.perms import can_keep_reference_data, has_role
from clusters.scopes import EDITORS
from collaborations.models import Collaboration


def can_edit_collaboration(user: User, collaboration: Collaboration) -> bool:
    """Return whether the user may edit: editors and managers of the keeping cluster, or the coordinator if there is none."""
    if collaboration.kept_by_id is None:
        return can_keep_reference_data(user)
    return has_role(user, collaboration.kept_by_id, EDITORS)
