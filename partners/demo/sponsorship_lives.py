"""From draft to where the text says a sponsorship stands."""

import datetime

from partners.demo.cast import Cast
from partners.demo.lives import Step, live, rows_of
from partners.demo.texts import days_ago, moment
from partners.enums import SponsorshipStatus
from partners.models import Sponsorship

S = SponsorshipStatus
# Days after the proposal was sent.
AFTER = {
    "submit": 0,
    "review": 4,
    "request_changes": 9,
    "decline": 12,
    "withdraw": 14,
    "resubmit": 16,
    "accept": 30,
    "activate": 45,
}
ACCEPTED = ["submit", "review", "accept"]
VERBS = {
    S.DRAFT: [],
    S.SUBMITTED: ["submit"],
    S.IN_REVIEW: ["submit", "review"],
    S.CHANGES_REQUESTED: ["submit", "review", "request_changes"],
    S.DECLINED: ["submit", "review", "decline"],
    S.WITHDRAWN: ["submit", "review", "withdraw"],
    S.ACCEPTED: ACCEPTED,
    S.ACTIVE: ACCEPTED,
    S.COMPLETED: ACCEPTED,
    S.TERMINATED: ACCEPTED,
}
PARTNERS_VERBS = {"submit", "resubmit", "withdraw"}
# After acceptance: statuses that no verb reaches yet, with the moment that each stamps.
LATER = {
    S.ACTIVE: [("activate", S.ACTIVE, "activated_at")],
    S.COMPLETED: [("activate", S.ACTIVE, "activated_at"), ("complete", S.COMPLETED, "completed_at")],
    S.TERMINATED: [("activate", S.ACTIVE, "activated_at"), ("terminate", S.TERMINATED, "terminated_at")],
}


def lead_life(sponsorship: Sponsorship, text: dict, cast: Cast) -> None:
    """Perform the verbs that there are, then write what no verb does yet."""
    status = S(text["status"])
    verbs = list(VERBS[status])
    if "revised_note" in text:
        verbs[-1:-1] = ["request_changes", "resubmit"]
    sponsorship = live(sponsorship, [_step(verb, sponsorship, text, cast) for verb in verbs])
    for verb, target, moment_field in LATER.get(status, []):
        _write(sponsorship, verb, target, moment_field, _step(verb, sponsorship, text, cast))


def _step(verb: str, sponsorship: Sponsorship, text: dict, cast: Cast) -> Step:
    cluster = sponsorship.chair.cluster
    if verb in PARTNERS_VERBS:
        by = sponsorship.created_by
    else:
        by = cast.editor(cluster) if verb in {"review", "request_changes"} else cast.manager(cluster)
    return Step(verb, by, moment(_day(verb, sponsorship, text), f"{text['key']} {verb}"), _note(verb, text))


def _day(verb: str, sponsorship: Sponsorship, text: dict) -> datetime.date:
    if verb == "complete":
        return sponsorship.ends_on
    return days_ago(text["ended"] if verb == "terminate" else text["sent"] - AFTER[verb])


def _note(verb: str, text: dict) -> str:
    if verb == "request_changes":
        return text.get("revised_note") or text["note"]
    return text.get("note", "") if verb in {"decline", "withdraw", "terminate"} else ""


def _write(sponsorship: Sponsorship, verb: str, target: S, moment_field: str, step: Step) -> None:
    source = rows_of(sponsorship).values_list("status", flat=True).get()
    rows_of(sponsorship).update(status=target, updated_at=step.at, **{moment_field: step.at})
    sponsorship.transitions.create(verb=verb, source=source, target=target, by=step.by, at=step.at, note=step.note)
