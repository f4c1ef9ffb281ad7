"""A chair that a published source proves enters the lifecycle: its cluster adopts it, and keeps what the source says."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.composition import broken_rules_of
from chairs.models import Chair, ChairKind
from chairs.verbs import adopt, adopt_approved, adopt_closed
from core.exceptions import Refused

# By name, the verbs that take a chair into the lifecycle: as running, as still to begin, as ended.
WAYS = {way.name: way for way in (adopt, adopt_approved, adopt_closed)}


@transaction.atomic
def adopt_as(
    chair: Chair,
    *,
    by: User,
    kind: ChairKind,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    note: str = "",
    way: str = "adopt",
) -> Chair:
    """Say what the chair is, and adopt it as what its sources say that it is. A rule that it breaks is explained in the note, and stands on the staff's list.

    Raise Refused with the reasons: then nothing is changed.
    """
    current: Chair = chair.locked()
    if reasons := adopt.why_not(current, by):
        raise Refused(reasons)
    current.kind = kind
    current.starts_on, current.ends_on = starts_on or current.starts_on, ends_on or current.ends_on
    current._history_user = by
    current.save()
    rule = kind.rule_on(current.composition_date())
    if rule is None:
        raise Refused([_("This kind has no composition rule yet: the national coordinator enters one.")])
    broken = broken_rules_of(current)
    if way == adopt_closed.name and current.ends_on is None and current.end_year is None:
        raise Refused([_("No source says when it ended: give its last day.")])
    if broken and not note.strip():
        raise Refused(
            [*broken, _("It breaks these rules of its kind: say in the note why it is adopted all the same.")]
        )
    return WAYS[way](current, by=by, note=note)
