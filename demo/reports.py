"""Reports of invented chairs on the money of invented partners."""

from demo.cast import Cast
from demo.chairs import INVESTIGATOR_EMAIL
from demo.histories import PastVerb, drafted, live
from demo.texts import days_ago, first_of_month, last_before, moment
from progress.models import ProgressReport
from progress.perms import can_report_on
from sponsorships.models import Sponsorship

VERBS = {"draft": [], "submitted": ["submit"], "accepted": ["submit", "accept"]}


def report_on(sponsorship: Sponsorship, text: dict, cast: Cast) -> None:
    """Write the reports of an active sponsorship, each up to the status in its text."""
    for number, told in enumerate(text.get("report", [])):
        at = moment(days_ago(told["ago"]), f"{text['key']} report {number}")
        first, last = told["period"]
        author = _author(sponsorship, cast)
        report = ProgressReport.objects.create(
            sponsorship=sponsorship,
            starts_on=first_of_month(first),
            ends_on=last_before(last + 1),
            done=told["done"],
            result=told["result"],
            public_paragraph_en=told.get("public_en", ""),
            public_paragraph_fr=told.get("public_fr", ""),
            created_by=author,
        )
        report.instalments.set(sponsorship.instalments.standing().filter(number__in=told.get("pays", [])))
        drafted(report, at, author)
        manager = cast.manager(sponsorship.chair.cluster)
        # If the investigator has no account, the office writes the report, and the submission has no author.
        writer = author if can_report_on(sponsorship, author) else None
        live(report, [PastVerb(verb, writer if verb == "submit" else manager, at) for verb in VERBS[told["status"]]])


def _author(sponsorship: Sponsorship, cast: Cast):
    """Return the chair's investigator if they have an account, or else the cluster's editor."""
    investigator = cast.users[INVESTIGATOR_EMAIL]
    is_theirs = can_report_on(sponsorship, investigator)
    return investigator if is_theirs else cast.editor(sponsorship.chair.cluster)
