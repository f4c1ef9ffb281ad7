"""The verbs of a chair, from its submission to its end. docs/permissions.md has the table of who may run them."""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs import perms
from chairs.composition import broken_rules_of
from chairs.conformity import review_later
from chairs.consent.invitations import invite_if_due, unanswered
from chairs.enums import ChairStatus as S
from chairs.funding import funding
from chairs.models import Chair
from chairs.notifications import TOLD_OF, tell_of
from chairs.shares import obstacles as missing_agreements
from clusters.enums import Origin
from core.verbs import NOW, lock_row, verb

# What to do with the chair's sponsorships, by key: nothing by default.
NOTHING_SAID: Mapping[int, Any] = {}


def _ending_obstacles(chair: Chair) -> list[str]:
    return funding().ending_obstacles(chair)


def has_begun(chair: Chair) -> list[str]:
    """Return why the chair cannot be adopted as approved, if its first day or year has passed; else an empty list."""
    today = timezone.localdate()
    begun = chair.starts_on <= today if chair.starts_on else bool(chair.start_year and chair.start_year < today.year)
    return [_t("It has begun already: adopt it as running, or as closed.")] if begun else []


def _keep_named(chair: Chair) -> None:
    """Record that a source names the people of an adopted chair, so that they stay named."""
    chair.appointments.update(named_by_source=True)


def goes_on(chair: Chair) -> list[str]:
    """Return why the chair cannot be adopted as closed, if its last day or year is still to come; else an empty list."""
    today = timezone.localdate()
    runs = chair.ends_on >= today if chair.ends_on else bool(chair.end_year and chair.end_year >= today.year)
    return [_t("Its end has not come yet: adopt it as running.")] if runs else []


def _lock_with_sponsorships(chair: Chair) -> Chair:
    """Lock the sponsorships first, then the chair: the order in which the verbs of a sponsorship lock."""
    funding().lock_sponsorships(chair)
    return lock_row(chair)


def _rule_in_force(chair: Chair) -> Any:
    """Return the version of the kind's rule in force on the day on which the composition must hold."""
    return None if chair.kind is None else chair.kind.rule_on(chair.composition_date())


@verb(
    Chair,
    from_=S.SOURCED,
    to=S.ACTIVE,
    label=_("Adopt"),
    done=_("adopted from a published source"),
    stamps="activated_at",
    may=perms.can_manage,
    who=perms.ADOPTING,
    sets={
        "origin": lambda chair: Origin.REGISTERED,
        "rule": _rule_in_force,
        "approved_at": attrgetter("activated_at"),
        "adopted_at": attrgetter("activated_at"),
    },
)
def adopt(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Adopt a running chair from a published source into the lifecycle. `chairs.adoption` sets its kind."""
    _keep_named(chair)
    review_later([chair.pk])


@verb(
    Chair,
    from_=S.SOURCED,
    to=S.APPROVED,
    label=_("Adopt as approved"),
    done=_("adopted from a published source as approved"),
    stamps="approved_at",
    may=perms.can_manage,
    who=perms.ADOPTING,
    unless=[has_begun],
    sets={
        "origin": lambda chair: Origin.REGISTERED,
        "rule": _rule_in_force,
        "adopted_at": attrgetter("approved_at"),
    },
)
def adopt_approved(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Adopt a chair that has not begun into the lifecycle; its cluster activates it later, like any other."""
    _keep_named(chair)
    review_later([chair.pk])


@verb(
    Chair,
    from_=S.SOURCED,
    to=S.CLOSED,
    label=_("Adopt as closed"),
    done=_("adopted from a published source as closed"),
    stamps="closed_at",
    may=perms.can_manage,
    who=perms.ADOPTING,
    unless=[goes_on],
    sets={
        "origin": lambda chair: Origin.REGISTERED,
        "rule": _rule_in_force,
        "approved_at": attrgetter("closed_at"),
        "activated_at": attrgetter("closed_at"),
        "adopted_at": attrgetter("closed_at"),
    },
)
def adopt_closed(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Adopt a chair that has ended into the lifecycle, as a closed record."""
    _keep_named(chair)


@verb(
    Chair,
    from_=[S.DRAFT, S.CHANGES_REQUESTED],
    to=S.SUBMITTED,
    label=_("Submit for approval"),
    done=_("submitted for approval"),
    stamps="submitted_at",
    may=perms.can_edit,
    who=_("Editors and managers of the cluster submit its chairs."),
    unless=[broken_rules_of],
    tells=TOLD_OF["submit"],
)
def submit(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Submit the chair to the managers, and ask its people whether they may be named."""
    invite_if_due(unanswered().filter(chair=chair), by=by)
    tell_of(submit, chair, by=by, note=note)


@verb(
    Chair,
    from_=S.SUBMITTED,
    to=S.CHANGES_REQUESTED,
    label=_("Request changes"),
    done=_("sent back for changes"),
    stamps="changes_requested_at",
    may=perms.can_manage,
    who=_("Managers of the cluster ask for changes."),
    needs_note=True,
    tells=TOLD_OF["request_changes"],
)
def request_changes(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Send the chair back to its editors."""
    tell_of(request_changes, chair, by=by, note=note)


@verb(
    Chair,
    from_=S.SUBMITTED,
    to=S.APPROVED,
    label=_("Approve"),
    done=_("approved"),
    stamps="approved_at",
    may=perms.can_decide,
    who=perms.DECIDING,
    unless=[broken_rules_of],
    sets={"rule": _rule_in_force},
    tells=TOLD_OF["approve"],
)
def approve(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Make the chair public, under the rule in force on the day on which its composition must hold."""
    # People who had no address when the chair was submitted.
    invite_if_due(unanswered().filter(chair=chair), by=by)
    tell_of(approve, chair, by=by, note=note)


@verb(
    Chair,
    from_=S.APPROVED,
    to=S.ACTIVE,
    label=_("Activate"),
    done=_("activated"),
    stamps="activated_at",
    may=perms.can_manage,
    who=_("Managers of the cluster activate its chairs."),
    unless=[missing_agreements],
)
def activate(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Record that the work has begun."""


@verb(
    Chair,
    from_=S.ACTIVE,
    to=S.SUSPENDED,
    label=_("Suspend"),
    done=_("suspended"),
    stamps="suspended_at",
    may=perms.can_decide,
    who=perms.DECIDING,
    needs_note=True,
    locks=_lock_with_sponsorships,
    tells=TOLD_OF["suspend"],
)
def suspend(
    chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW, ends: Mapping[int, Any] = NOTHING_SAID
) -> None:
    """Pause the chair: it stays public and takes no new sponsor."""
    funding().end_sponsorships(chair, "suspend", ends, by=by, at=at)
    tell_of(suspend, chair, by=by, note=note)


@verb(
    Chair,
    from_=S.SUSPENDED,
    to=S.ACTIVE,
    label=_("Resume"),
    done=_("resumed"),
    stamps="activated_at",
    may=perms.can_manage,
    who=perms.RESUMING,
    tells=TOLD_OF["resume"],
)
def resume(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Resume a suspended chair."""
    tell_of(resume, chair, by=by, note=note)


@verb(
    Chair,
    from_=[S.ACTIVE, S.SUSPENDED],
    to=S.CLOSED,
    label=_("Close"),
    done=_("closed"),
    stamps="closed_at",
    may=perms.can_decide,
    who=perms.DECIDING,
    unless=[_ending_obstacles],
    locks=_lock_with_sponsorships,
    tells=TOLD_OF["close"],
)
def close(
    chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW, ends: Mapping[int, Any] = NOTHING_SAID
) -> None:
    """End the chair: it stays public as a record."""
    funding().end_sponsorships(chair, "close", ends, by=by, at=at)
    tell_of(close, chair, by=by, note=note)


@verb(
    Chair,
    from_=[S.SUBMITTED, S.CHANGES_REQUESTED],
    to=S.DECLINED,
    label=_("Decline"),
    done=_("declined"),
    stamps="declined_at",
    may=perms.can_decide,
    who=perms.DECIDING,
    needs_note=True,
    tells=TOLD_OF["decline"],
)
def decline(chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW) -> None:
    """Refuse the chair, with the reason in the note."""
    tell_of(decline, chair, by=by, note=note)


@verb(
    Chair,
    from_=[S.DRAFT, S.SUBMITTED, S.CHANGES_REQUESTED, S.APPROVED],
    to=S.WITHDRAWN,
    label=_("Withdraw"),
    done=_("withdrawn"),
    stamps="withdrawn_at",
    may=perms.can_withdraw,
    who=_("Editors and managers of the cluster withdraw its chairs; once approved, managers only."),
    unless=[_ending_obstacles],
    needs_note=True,
    locks=_lock_with_sponsorships,
    tells=TOLD_OF["withdraw"],
)
def withdraw(
    chair: Chair, *, by: User | None, note: str = "", at: datetime = NOW, ends: Mapping[int, Any] = NOTHING_SAID
) -> None:
    """Withdraw the chair before it becomes active."""
    funding().end_sponsorships(chair, "withdraw", ends, by=by, at=at)
    tell_of(withdraw, chair, by=by, note=note)
