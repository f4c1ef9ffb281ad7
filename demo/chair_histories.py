"""Bring a chair from draft to the status in its text. Verbs that end its funding come last."""

import datetime

from chairs.enums import ChairStatus
from chairs.models import Activity, Chair
from clusters.models import Institution
from demo.cast import Cast
from demo.histories import PastVerb, live
from demo.texts import days_ago, moment

S = ChairStatus
# Days before the chair's first day, then the fewest days before today.
SUBMITTED_BEFORE, APPROVED_BEFORE = 110, 70
SUBMITTED_AGO, APPROVED_AGO = 45, 12
CHANGES_AGO, DECLINED_AGO, WITHDRAWN_AGO = 9, 8, 15
SUSPENDED_AGO, CLOSED_AGO, LEFT_AGO = 33, 120, 41

VERBS = {
    S.DRAFT: [],
    S.SUBMITTED: ["submit"],
    S.CHANGES_REQUESTED: ["submit", "request_changes"],
    S.DECLINED: ["submit", "decline"],
    S.WITHDRAWN: ["submit", "withdraw"],
    S.APPROVED: ["submit", "approve"],
    S.ACTIVE: ["submit", "approve", "activate"],
    S.SUSPENDED: ["submit", "approve", "activate"],
    S.CLOSED: ["submit", "approve", "activate"],
}
EDITORS_VERBS = {"submit", "withdraw"}


def lead_life(chair: Chair, text: dict, cast: Cast) -> Chair:
    """Run the verbs that bring a chair to its status, except those in `close_doors`."""
    manager, editor = cast.manager(chair.cluster), cast.editor(chair.cluster)
    submitter = chair.registered_by if chair.registered_by == manager else editor
    status = S(text["status"])
    note = text.get("note", "") if status in {S.CHANGES_REQUESTED, S.DECLINED, S.WITHDRAWN} else ""
    steps = [
        PastVerb(
            verb, submitter if verb in EDITORS_VERBS else manager, _when(verb, chair), note if verb != "submit" else ""
        )
        for verb in VERBS[status]
    ]
    return live(chair, steps)


def close_doors(chair: Chair, text: dict, cast: Cast) -> None:
    """Apply what happens after a chair has its sponsors: it is suspended or closed, somebody leaves or moves, a deadline passes."""
    manager, status = cast.manager(chair.cluster), text["status"]
    if status == S.SUSPENDED:
        live(chair, [PastVerb("suspend", manager, moment(days_ago(SUSPENDED_AGO), chair.slug), text["note"])])
    if status == S.CLOSED:
        live(chair, [PastVerb("close", manager, moment(days_ago(CLOSED_AGO), chair.slug))])
    if leaver := text.get("leaves"):
        chair.appointments.filter(person__name=leaver).update(ends_on=days_ago(LEFT_AGO))
    if "moves" in text:
        mover, institution = text["moves"]
        chair.appointments.filter(person__name=mover).update(affiliation=Institution.objects.get(name=institution))
    for activity in text.get("activity", []):
        if activity["deadline"] < 0:
            passed = Activity.objects.filter(chair=chair, title_en=activity["title_en"])
            passed.update(deadline=days_ago(-activity["deadline"]))


def _when(verb: str, chair: Chair) -> datetime.datetime:
    started = chair.starts_on <= days_ago(0)
    before = {"submit": SUBMITTED_BEFORE, "approve": APPROVED_BEFORE, "activate": 0}
    ago = {
        "submit": SUBMITTED_AGO,
        "approve": APPROVED_AGO,
        "request_changes": CHANGES_AGO,
        "decline": DECLINED_AGO,
        "withdraw": WITHDRAWN_AGO,
    }
    day = chair.starts_on - datetime.timedelta(days=before[verb]) if started else days_ago(ago[verb])
    return moment(day, f"{chair.slug} {verb}")
