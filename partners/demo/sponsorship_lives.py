"""From draft to where the text says a sponsorship stands."""

import datetime

from partners.demo.cast import Cast
from partners.demo.chairs import INVESTIGATOR_EMAIL
from partners.demo.lives import Step, live, rows_of
from partners.demo.proposals import proposed
from partners.demo.texts import days_ago, moment
from partners.endorsing import endorse
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
    "endorse": 21,
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
    for verb in verbs:
        _before(verb, sponsorship, text, cast)
        sponsorship = _live(sponsorship, _step(verb, sponsorship, text, cast))
    for verb, target, moment_field in LATER.get(status, []):
        _write(sponsorship, verb, target, moment_field, _step(verb, sponsorship, text, cast))


def _before(verb: str, sponsorship: Sponsorship, text: dict, cast: Cast) -> None:
    """Do what comes before a verb and is none: the partner revises, an investigator endorses."""
    if verb == "resubmit" and "first" in text:
        for name, value in proposed(text).items():
            setattr(sponsorship, name, value)
        sponsorship.save()
    if verb == "accept" and "endorsed" in text:
        at = moment(days_ago(text["sent"] - AFTER["endorse"]), text["key"])
        endorsement = endorse(sponsorship, by=cast.users[INVESTIGATOR_EMAIL], note=text["endorsed"])
        sponsorship.endorsements.filter(pk=endorsement.pk).update(at=at)
        sponsorship.transitions.filter(verb="endorse").update(at=at)


def _live(sponsorship: Sponsorship, step: Step) -> Sponsorship:
    sponsorship = live(sponsorship, [step])
    sponsorship.submissions.filter(number=sponsorship.submissions.count(), at__gt=step.at).update(at=step.at)
    sponsorship.documents.filter(sent_at__gt=step.at).update(sent_at=step.at)
    return sponsorship


def _step(verb: str, sponsorship: Sponsorship, text: dict, cast: Cast) -> Step:
    cluster = sponsorship.chair.cluster
    if verb in PARTNERS_VERBS:
        by = sponsorship.created_by
    else:
        by = cast.editor(cluster) if verb in {"review", "request_changes"} else cast.manager(cluster)
    at = moment(_day(verb, sponsorship, text), f"{text['key']} {verb}")
    details = {"remarks": text.get("remarks", {})} if verb == "request_changes" else None
    return Step(verb, by, at, _note(verb, text), details)


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
