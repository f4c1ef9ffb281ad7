"""How a cluster adopts a chair that a published source proves: the chair enters the lifecycle and keeps its sources."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.composition import broken_rules_of
from chairs.models import Chair, ChairKind
from chairs.verbs import adopt, adopt_approved, adopt_closed
from core.exceptions import Refused

# The verbs that adopt a chair, by name: as running, as still to begin, as ended.
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
    """Set the chair's kind and days, and adopt it by the verb named `way`.

    A chair may break its rule: the note then has to say why, and staff see the chair on their list. Raise Refused with
    the reasons, and change nothing.
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
