"""Staff resolve a conflict in writing, for the facts that they have read."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.fetched import fetched
from core.money import euros
from core.primary_keys import any_of
from core.verbs import NOTE_MAX_LENGTH
from sponsorships.conflicts.detection import Conflict, conflicts_by_sponsorship, conflicts_of
from sponsorships.enums import AGREED_STATUSES, UNDECIDED_STATUSES, Regime
from sponsorships.models import ConflictResolution, Sponsorship
from sponsorships.perms import RESOLVING, can_resolve


@dataclass(frozen=True)
class Flag:
    """A conflict, and the resolution for its current facts; None if it is unresolved."""

    conflict: Conflict
    resolution: ConflictResolution | None


def flags_of(sponsorship: Sponsorship) -> list[Flag]:
    """Return the flags of one sponsorship, as set on it by its page or list, or else computed."""
    return sponsorship.flags if hasattr(sponsorship, "flags") else flags_by_sponsorship([sponsorship])[sponsorship.pk]


def flags_by_sponsorship(sponsorships) -> dict[int, list[Flag]]:
    """Return the flags of each sponsorship, by key; a constant number of queries."""
    found = conflicts_by_sponsorship(sponsorships)
    holding = {(row.sponsorship_id, row.facts): row for row in _written(sponsorships, found)}
    return {pk: [Flag(row, holding.get((pk, row.facts))) for row in rows] for pk, rows in found.items()}


def _written(sponsorships, found) -> list[ConflictResolution]:
    """Return the resolutions of the sponsorships: prefetched ones, and for those with conflicts the rest from one query."""
    known = {one.pk: fetched(one, "resolutions") for one in sponsorships}
    here = [row for rows in known.values() for row in rows or ()]
    if None not in known.values():
        return here
    unknown = any_of(pk for pk, rows in known.items() if rows is None and found[pk])
    return [*here, *ConflictResolution.objects.filter(sponsorship__in=unknown).select_related("by", "on_behalf_of")]


def unresolved(sponsorship: Sponsorship) -> list[Conflict]:
    """Return the conflicts without a resolution for their current facts."""
    return [flag.conflict for flag in flags_of(sponsorship) if flag.resolution is None]


def why_not_resolve(sponsorship: Sponsorship, user: User) -> list[str]:
    """Return every reason why this person cannot write resolutions now."""
    return [] if can_resolve(sponsorship, user) else [str(RESOLVING)]


@transaction.atomic
def resolve(sponsorship: Sponsorship, *, by: User, kind: str, facts: str, text: str) -> ConflictResolution:
    """Write and return a resolution of a conflict, for the facts that the user read. Raise Refused with the reasons."""
    current, text = sponsorship.locked(), text.strip()
    conflict = next((row for row in conflicts_of(current) if row.kind == kind), None)
    reasons = why_not_resolve(current, by)
    if conflict is None:
        reasons.append(_("This conflict is no longer there: nothing has to be resolved."))
    elif conflict.facts != facts:
        reasons.append(_("The facts have changed since you opened this page. Read them again before you write."))
    elif current.resolutions.filter(facts=facts, kind=kind).exists():
        reasons.append(_("This conflict has already been resolved."))
    if not text or len(text) > NOTE_MAX_LENGTH:
        reasons.append(
            _("Write how the conflict is resolved, in at most %(most)d characters.") % {"most": NOTE_MAX_LENGTH}
        )
    if reasons:
        raise Refused(reasons)
    current.log("resolve_conflict", by=by, note=f"{conflict.sentence}\n{text}"[:NOTE_MAX_LENGTH])
    return current.resolutions.create(kind=kind, facts=facts, conflict=conflict.sentence, text=text, by=by)


def why_not_value(sponsorship: Sponsorship, user: User) -> list[str]:
    """Return every reason why this person cannot value the counterparts now."""
    reasons = why_not_resolve(sponsorship, user)
    if sponsorship.regime != Regime.PATRONAGE:
        reasons.append(_("Only a gift has counterparts: a research partnership has a contract."))
    if sponsorship.status not in (*UNDECIDED_STATUSES, *AGREED_STATUSES):
        reasons.append(_("Counterparts can be valued from the start of the review until the sponsorship is over."))
    return reasons


@transaction.atomic
def value_counterparts(sponsorship: Sponsorship, *, by: User, value: Decimal, note: str = "") -> None:
    """Record the value of what the donor gets back, in euros. Raise Refused with the reasons."""
    current = sponsorship.locked()
    if reasons := why_not_value(current, by):
        raise Refused(reasons)
    current.counterparts_value = value
    current._history_user, current._change_reason = by, "value_counterparts"
    current.save(update_fields=["counterparts_value", "updated_at"])
    current.log("value_counterparts", by=by, note=f"{euros(value)} {note}")
