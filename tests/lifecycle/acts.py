"""What the design (§4) says of every act that moves no status, by hand, and how to ask the code for each."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.utils import timezone

from chairs.activities import why_not_close, why_not_lower, why_not_raise
from chairs.models import Chair
from chairs.perms import can_edit_page_text, can_post_activity
from sponsorships.models import Sponsorship
from sponsorships.perms import can_propose
from sponsorships.proposals.endorsements import endorse, endorsement_of, why_not_endorse, why_not_take_back
from tests import factories
from tests.lifecycle.expectations import CHAIR_STATUSES, SPONSORSHIP_STATUSES
from tests.personas import (
    AUDITOR,
    COORDINATOR,
    EDITOR,
    FINANCE,
    MANAGER,
    PARTNER,
    PI,
    READER,
    SECOND_MANAGER,
    SUPERUSER,
    appoint_investigator,
)

EDITORS = frozenset({EDITOR, MANAGER, SECOND_MANAGER})
READERS = EDITORS | {READER, FINANCE, PI, AUDITOR, COORDINATOR, SUPERUSER}
NOBODY = frozenset()
UNDECIDED = ("submitted", "in_review", "changes_requested")
ACTIVITY_STATES = ("open", "past its deadline", "closed")


@dataclass(frozen=True)
class Act:
    """An act on a record; `who` by status, of those that the record can have."""

    record: str
    name: str
    who: dict
    can: Callable

    def __str__(self):
        return f"{self.record}: {self.name}"


def always(statuses, who, **otherwise) -> dict:
    return {status: otherwise.get(status, who) for status in statuses}


def only(statuses, possible, who) -> dict:
    return {status: who if status in possible else NOBODY for status in statuses}


def is_seen(record, user) -> bool:
    return type(record).objects.visible_to(user).filter(pk=record.pk).exists()


def is_edited(record, user) -> bool:
    return admin.site.get_model_admin(type(record)).can_change(user, record)


def is_revised(sponsorship, user) -> bool:
    return is_seen(sponsorship, user) and sponsorship.is_editable and can_propose(sponsorship, user)


def is_taken_back(sponsorship, user) -> bool:
    if not why_not_endorse(sponsorship, user) and endorsement_of(sponsorship, user) is None:
        endorse(sponsorship, by=user)
    return not why_not_take_back(sponsorship, user)


ACTS = [
    Act("chair", "see its private side", always(CHAIR_STATUSES, READERS), is_seen),
    Act("chair", "edit", always(CHAIR_STATUSES, EDITORS), is_edited),
    Act("chair", "edit the text of its page", always(CHAIR_STATUSES, EDITORS | {PI}, sourced=NOBODY), lambda chair, user: can_edit_page_text(chair, user)),
    Act("chair", "post an activity", always(CHAIR_STATUSES, EDITORS | {PI}), lambda chair, user: can_post_activity(chair, user)),
    Act("activity", "close", only(ACTIVITY_STATES, ["open"], EDITORS | {PI}), lambda activity, user: not why_not_close(activity, user)),
    Act("activity", "raise the target", always(ACTIVITY_STATES, EDITORS), lambda activity, user: not why_not_raise(activity, user)),
    Act("activity", "put the target right", always(ACTIVITY_STATES, EDITORS), lambda activity, user: not why_not_lower(activity, user)),
    Act("sponsorship", "see", always(SPONSORSHIP_STATUSES, READERS | {PARTNER}, draft={PARTNER}), is_seen),
    Act("sponsorship", "revise", only(SPONSORSHIP_STATUSES, ["draft", "changes_requested"], {PARTNER}), is_revised),
    Act("sponsorship", "endorse", only(SPONSORSHIP_STATUSES, UNDECIDED, {PI}), lambda sponsorship, user: not why_not_endorse(sponsorship, user)),
    Act("sponsorship", "take the endorsement back", only(SPONSORSHIP_STATUSES, UNDECIDED, {PI}), is_taken_back),
]  # fmt: skip


def make_chair(cast, status) -> Chair:
    origin = "sourced" if status == "sourced" else "registered"
    chair = factories.make_chair(status, cluster=cast.cluster, origin=origin, with_pi=False)
    appoint_investigator(cast, chair)
    return chair


def make_activity(cast, state):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    return factories.make_activity(
        cast.chair,
        deadline=yesterday if state == "past its deadline" else None,
        closed_at=timezone.now() if state == "closed" else None,
    )


def make_sponsorship(cast, status) -> Sponsorship:
    return factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair)


MAKE = {"chair": make_chair, "activity": make_activity, "sponsorship": make_sponsorship}
