"""Who writes yearly reports, and who accepts them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.models import Chair
from chairs.perms import can_edit, can_manage, holds
from clusters.enums import Role
from clusters.perms import can_keep_reference_data, has_role
from clusters.scopes import EDITORS, MANAGERS, clusters_of
from clusters.standing_in import both_of
from core.on_behalf import hands_of
from core.transitions import BEGUN
from core.writers import hands_of_writers
from yearly.models import ChairYearReport, YearReport
from yearly.models.chair_report import WORDS

REPORTING = _(
    "The chair’s investigators write its yearly report; the cluster’s editors and managers may on their behalf."
)
REVIEWING = _(
    "Editors and managers of the chair’s cluster send its report back, but not their own: not one that they wrote or "
    "handed in, nor one of a chair that they lead."
)
ACCEPTING = _(
    "Managers of the chair’s cluster accept its report, but not their own: not one that they wrote or handed in, nor one "
    "of a chair that they lead."
)
FREEZING = _("Managers accept the report of their cluster; the national coordinator accepts the nation’s.")


def can_report(chair: Chair, user: User) -> bool:
    """Return whether the user may report for a chair: its investigators, and its cluster's editors on their behalf."""
    return holds(chair.pk, user) or can_edit(chair, user)


def can_write(report: ChairYearReport, user: User) -> bool:
    """Return whether the user may write and submit a report (see `can_report`)."""
    return can_report(report.chair, user)


def can_review(report: ChairYearReport, user: User) -> bool:
    """Return whether the user may send a report back: editors and managers who neither lead the chair nor wrote the report."""
    return can_edit(report.chair, user) and _is_anothers(report, user)


def can_accept(report: ChairYearReport, user: User) -> bool:
    """Return whether the user may accept a report: managers who did not write it, unless the cluster has no four-eyes rule."""
    return can_manage(report.chair, user) and _is_anothers(report, user)


def _is_anothers(report: ChairYearReport, user: User) -> bool:
    """Return whether the user neither leads the chair nor wrote the report.

    Without the four-eyes rule of the cluster, the writer of the report may still review it.
    """
    if any(holds(report.chair_id, one) for one in both_of(user)):
        return False
    lines = [line for line in report.transitions.all() if line.verb in (BEGUN, "submit")]
    hands = {report.created_by_id, *(line.by_id for line in lines), *(line.on_behalf_of_id for line in lines)}
    if not report.chair.cluster.needs_four_eyes:
        return True
    # Last, for its query: a colleague may have rewritten the report.
    return not hands & hands_of(user) and not hands_of_writers(report, WORDS) & hands_of(user)


def can_keep(report: YearReport, user: User) -> bool:
    """Return whether the user may comment on a report: its cluster's editors and managers, or the coordinator."""
    if report.cluster_id is None:
        return can_keep_reference_data(user)
    return has_role(user, report.cluster_id, EDITORS)


def can_freeze(report: YearReport, user: User) -> bool:
    """Return whether the user may accept a report: its cluster's managers, or the coordinator for the nation's."""
    if report.cluster_id is None:
        return Role.COORDINATOR in clusters_of(user).national
    return has_role(user, report.cluster_id, MANAGERS)
