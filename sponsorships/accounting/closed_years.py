"""Closed years of clusters: who closes and reopens them, and what may still be entered in them. docs/money.md.

`posting.post` calls `refuse_closed` for every entry of the ledger, so that no form, verb, import or command escapes it.
"""

import datetime
import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.enums import Role
from clusters.models import Cluster
from clusters.perms import has_role
from clusters.scopes import MANAGERS, clusters_of
from core.dates import FIRST_YEAR
from core.exceptions import Refused
from core.verbs import NOTE_MAX_LENGTH
from sponsorships.models import ClosedYear, LateEntry, LedgerEntry, Sponsorship

CLOSING = gettext_lazy("Managers of the cluster close its years.")
COORDINATING = gettext_lazy(
    "The national coordinator opens a closed year again, or lets one act count in it, and says why."
)


def can_close(cluster: Cluster, user: User) -> bool:
    return has_role(user, cluster.pk, MANAGERS)


def can_coordinate(record: object, user: User) -> bool:
    """Return whether the user may reopen a closed year or allow a late entry: only the national coordinator."""
    return Role.COORDINATOR in clusters_of(user).national


def closable_years(cluster: Cluster, today: datetime.date | None = None) -> list[int]:
    """Return the past years with money that are not closed, latest first."""
    today = today or timezone.localdate()
    entries = LedgerEntry.objects.filter(sponsorship__chair__cluster=cluster, effective_on__year__lt=today.year)
    first = entries.order_by("effective_on").values_list("effective_on__year", flat=True).first() or today.year - 1
    closed = set(ClosedYear.objects.standing().filter(cluster=cluster).values_list("year", flat=True))
    return [year for year in range(today.year - 1, min(first, today.year - 1) - 1, -1) if year not in closed]


def why_not_close(cluster: Cluster, by: User) -> list[str]:
    if not can_close(cluster, by):
        return [str(CLOSING)]
    return [] if closable_years(cluster) else [_("Every year that is over is closed.")]


@transaction.atomic
def close(cluster: Cluster, *, year: int, by: User, note: str = "", at: datetime.datetime | None = None) -> ClosedYear:
    """Close a past year. Raise Refused with the reasons."""
    _wait_for_writers()
    at = at or timezone.now()
    reasons = [] if can_close(cluster, by) else [str(CLOSING)]
    if not FIRST_YEAR <= year < timezone.localdate(at).year:
        reasons.append(_("%(year)d is not over: it cannot be closed yet.") % {"year": year})
    if ClosedYear.objects.standing().filter(cluster=cluster, year=year).exists():
        reasons.append(_("%(year)d is already closed.") % {"year": year})
    _refuse(reasons, note)
    return ClosedYear.objects.create(cluster=cluster, year=year, closed_by=by, closed_at=at, note=note.strip())


def why_not_reopen(closed: ClosedYear, by: User) -> list[str]:
    if not can_coordinate(closed, by):
        return [str(COORDINATING)]
    return [] if closed.reopened_at is None else [_("%(year)d is open again already.") % {"year": closed.year}]


@transaction.atomic
def reopen(closed: ClosedYear, *, by: User, reason: str, at: datetime.datetime | None = None) -> ClosedYear:
    """Reopen a closed year. Its row stays, with the reason. Raise Refused with the reasons."""
    current: ClosedYear = ClosedYear.objects.select_for_update().get(pk=closed.pk)
    _refuse(why_not_reopen(current, by) or _without_reason(reason), reason)
    current.reopened_at, current.reopened_by, current.reopened_because = at or timezone.now(), by, reason.strip()
    current.save()
    return current


def closings_of(sponsorship: Sponsorship, years: Iterable[int] | None = None) -> list[ClosedYear]:
    """Return the closed years of the clusters that count the sponsorship: its chair's, and those with a share in the chair."""
    chair = sponsorship.chair
    clusters = {chair.cluster_id, *chair.shares.values_list("cluster", flat=True)}
    found = ClosedYear.objects.standing().filter(cluster__in=clusters).select_related("cluster")
    return list(found if years is None else found.filter(year__in=set(years)))


def why_not_late(sponsorship: Sponsorship, by: User) -> list[str]:
    if not can_coordinate(sponsorship, by):
        return [str(COORDINATING)]
    return [] if closings_of(sponsorship) else [_("No year of this chair is closed: nothing is late.")]


@transaction.atomic
def allow_late(
    sponsorship: Sponsorship, *, year: int, by: User, reason: str, at: datetime.datetime | None = None
) -> LateEntry:
    """Allow the next act on the sponsorship to count in a closed year, for a reason. Raise Refused with the reasons."""
    current = sponsorship.locked()
    reasons = [] if can_coordinate(current, by) else [str(COORDINATING)]
    if not closings_of(current, [year]):
        reasons.append(_("%(year)d is not closed: nothing is late.") % {"year": year})
    if _leaves(current, year).exists():
        reasons.append(_("One late act is already allowed here, and has not been used."))
    _refuse(reasons or _without_reason(reason), reason)
    said = {"year": year, "reason": reason.strip()}
    current.log("allow_late", by=by, note=f"{year}: {said['reason']}"[:NOTE_MAX_LENGTH], at=at)
    return LateEntry.objects.create(sponsorship=current, allowed_by=by, allowed_at=at or timezone.now(), **said)


def closed_to(sponsorship: Sponsorship, days: Iterable[datetime.date]) -> list[str]:
    """Return a sentence for each closed year that contains one of the days, unless a late act is allowed in it."""
    closings = _closings_on(sponsorship, days)
    return [_sentence(one) for one in closings if not _leaves(sponsorship, one.year).exists()]


def refuse_closed(
    sponsorship: Sponsorship, days: Iterable[datetime.date], *, act: uuid.UUID, at: datetime.datetime
) -> None:
    """Raise Refused if a day is in a closed year.

    If the coordinator allowed a late act there, use up that leave instead.
    """
    closings = _closings_on(sponsorship, days)
    if reasons := [_sentence(one) for one in closings if not _leaves(sponsorship, one.year).exists()]:
        raise Refused(reasons)
    for year in {closing.year for closing in closings}:
        _leaves(sponsorship, year).update(used_at=at, act=act)


def _closings_on(sponsorship: Sponsorship, days: Iterable[datetime.date]) -> list[ClosedYear]:
    """Return the closed years that contain the days. Only past years can be closed: days of this year cost no query."""
    this_year = timezone.localdate().year
    years = {day.year for day in days if day.year < this_year}
    return closings_of(sponsorship, years) if years else []


def _leaves(sponsorship: Sponsorship, year: int) -> QuerySet[LateEntry]:
    # By key: an unsaved sponsorship has none, and so finds no rows.
    return LateEntry.objects.filter(sponsorship=sponsorship.pk, year=year, used_at=None)


def _sentence(closing: ClosedYear) -> str:
    said = {"cluster": closing.cluster, "year": closing.year}
    return (
        _(
            "%(cluster)s has closed %(year)d: nothing more can count from a day in it, unless the national coordinator "
            "allows it on the page of the sponsorship and says why."
        )
        % said
    )


def _without_reason(reason: str) -> list[str]:
    return [] if reason.strip() else [_("Say why: it stays on the record.")]


def _refuse(reasons: list[str], text: str) -> None:
    if len(text) > NOTE_MAX_LENGTH:
        reasons = [*reasons, _("The note is longer than %(most)d characters.") % {"most": NOTE_MAX_LENGTH}]
    if reasons:
        raise Refused(reasons)


def _wait_for_writers() -> None:
    """Lock the ledger: wait for running writes, and make later ones wait until the year is closed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {LedgerEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
