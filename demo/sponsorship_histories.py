"""Bring a sponsorship from draft to the status in its text."""

import datetime

from demo.cast import Cast
from demo.chairs import INVESTIGATOR_EMAIL
from demo.histories import PastVerb, live
from demo.papers import conclude
from demo.payments import Account
from demo.proposals import proposed
from demo.reports import report_on
from demo.texts import days_ago, moment, today
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Sponsorship
from sponsorships.proposals.endorsements import endorse

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
    "draft": 33,
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
    S.ACTIVE: [*ACCEPTED, "activate"],
    S.COMPLETED: [*ACCEPTED, "activate", "complete"],
    S.TERMINATED: [*ACCEPTED, "activate", "terminate"],
}
PARTNERS_VERBS = {"submit", "resubmit", "withdraw"}


def lead_life(sponsorship: Sponsorship, text: dict, cast: Cast) -> None:
    """Run the verbs that bring the sponsorship to its status, and what happens between them."""
    status = S(text["status"])
    verbs = list(VERBS[status])
    if "revised_note" in text:
        verbs[-1:-1] = ["request_changes", "resubmit"]
    for verb in verbs:
        _before(verb, sponsorship, text, cast)
        sponsorship = live(sponsorship, [_step(verb, sponsorship, text, cast)])
    if status == S.ACCEPTED and "agreement" in text:
        conclude(sponsorship, text["agreement"], days_ago(text["sent"] - AFTER["draft"]), cast)
    if status == S.ACTIVE:
        report_on(sponsorship, text, cast)
        Account(sponsorship, text, cast).keep(until=today())


def _before(verb: str, sponsorship: Sponsorship, text: dict, cast: Cast) -> None:
    """Do what precedes a verb but is none itself: a revision, an endorsement, an agreement, payments."""
    if verb == "resubmit" and "first" in text:
        for name, value in proposed(text).items():
            setattr(sponsorship, name, value)
        sponsorship.save()
    if verb == "accept" and "endorsed" in text:
        at = moment(days_ago(text["sent"] - AFTER["endorse"]), text["key"])
        endorsement = endorse(sponsorship, by=cast.users[INVESTIGATOR_EMAIL], note=text["endorsed"])
        sponsorship.endorsements.filter(pk=endorsement.pk).update(at=at)
        sponsorship.transitions.filter(verb="endorse").update(at=at)
    if verb == "activate":
        conclude(sponsorship, text["agreement"], days_ago(text["sent"] - AFTER["draft"]), cast)
    if verb == "complete":
        report_on(sponsorship, text, cast)
    if verb in {"complete", "terminate"}:
        Account(sponsorship, text, cast).keep(until=_day(verb, sponsorship, text))


def _step(verb: str, sponsorship: Sponsorship, text: dict, cast: Cast) -> PastVerb:
    cluster = sponsorship.chair.cluster
    if verb in PARTNERS_VERBS:
        by = sponsorship.created_by
    else:
        by = cast.editor(cluster) if verb in {"review", "request_changes"} else cast.manager(cluster)
    at = moment(_day(verb, sponsorship, text), f"{text['key']} {verb}")
    given = {"remarks": text.get("remarks", {})} if verb == "request_changes" else None
    return PastVerb(verb, by, at, _note(verb, text), given)


def _day(verb: str, sponsorship: Sponsorship, text: dict) -> datetime.date:
    if verb == "complete":
        return sponsorship.ends_on
    return days_ago(text["ended"] if verb == "terminate" else text["sent"] - AFTER[verb])


def _note(verb: str, text: dict) -> str:
    if verb == "request_changes":
        return text.get("revised_note") or text["note"]
    return text.get("note", "") if verb in {"decline", "withdraw", "terminate"} else ""
