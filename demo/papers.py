"""Agreements of the demonstration: signed here or elsewhere, and amended. Their documents say that they are made up."""

import datetime
from dataclasses import replace
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from demo.cast import Cast
from demo.histories import PastVerb, drafted, live
from demo.proposals import one_page_pdf
from demo.texts import moment
from sponsorships.accounting import schedule
from sponsorships.agreements import drafting
from sponsorships.enums import AgreementPath, InstalmentCondition
from sponsorships.models import Agreement, Sponsorship

# Days from the draft to each verb.
ISSUED, SIGNED, COUNTERSIGNED = 2, 7, 10
GENERATED_VERBS = {"issue": ISSUED, "sign": SIGNED, "countersign": COUNTERSIGNED}
# From a range reserved for documentation (RFC 5737).
MADE_UP_ADDRESS = "192.0.2.34"
# The verbs to run, by the state in the text; without a state, the agreement comes into force.
STOPS_AFTER = {"draft": [], "awaiting": ["issue"], "half signed": ["issue", "sign"]}


def conclude(sponsorship: Sponsorship, text: dict, day: datetime.date, cast: Cast, **terms) -> Agreement:
    """Draft an agreement on a day, plan its instalments, and bring it to the state in its text. Return it."""
    path = AgreementPath(text.get("path", AgreementPath.ELSEWHERE))
    in_force_on = _later(day, COUNTERSIGNED)
    manager = cast.manager(sponsorship.chair.cluster)
    values = {
        "language": text.get("language", "fr"),
        "managing_institution": sponsorship.chair.appointments.order_by("pk").first().affiliation,
        "effective_on": in_force_on,
        "reason": text.get("reason", ""),
        **(_signed_elsewhere(sponsorship, in_force_on) if path == AgreementPath.ELSEWHERE else {}),
    }
    agreement = drafting.draft(sponsorship, by=manager, path=path, **{**values, **terms})
    at = moment(day, str(sponsorship.reference))
    drafted(agreement, at, manager)
    _plan(agreement, text, at, manager)
    if path == AgreementPath.ELSEWHERE:
        manager = cast.second_manager(sponsorship.chair.cluster)
    return live(agreement, _steps(agreement, text, day, manager))


def _plan(agreement: Agreement, text: dict, at: datetime.datetime, manager) -> None:
    amount = schedule.to_plan(agreement)
    if not amount:
        return
    rows = schedule.propose(amount, text.get("parts", 1), agreement.effective_on)
    for number in text.get("after_report", []):
        period = {"report_from": agreement.starts_on, "report_until": _three_months_on(agreement.starts_on)}
        rows[number - 1] = replace(rows[number - 1], condition=InstalmentCondition.REPORT, **period)
    for instalment in schedule.plan(agreement, rows, by=manager):
        drafted(instalment, at, manager)


def _three_months_on(day: datetime.date) -> datetime.date:
    """Return the last day of the second month after a day's own."""
    months = day.year * 12 + day.month + 2
    return datetime.date(months // 12, months % 12 + 1, 1) - datetime.timedelta(days=1)


def _steps(agreement: Agreement, text: dict, day: datetime.date, manager) -> list[PastVerb]:
    seed = f"{agreement.sponsorship.reference} {agreement.number}"
    if agreement.path == AgreementPath.ELSEWHERE:
        return [PastVerb("record", manager, moment(_later(day, COUNTERSIGNED), seed))]
    steps = []
    for verb in STOPS_AFTER.get(text.get("status"), GENERATED_VERBS):
        at = moment(_later(day, GENERATED_VERBS[verb]), f"{seed} {verb}")
        by = agreement.signatory.user if verb == "sign" else manager
        signature = {"name": by.name, "address": MADE_UP_ADDRESS, "code_confirmed_at": at}
        steps.append(PastVerb(verb, by, at, given={} if verb == "issue" else signature))
    return steps


def _signed_elsewhere(sponsorship: Sponsorship, day: datetime.date) -> dict:
    name = f"{sponsorship.partner}, {day.isoformat()}.pdf"
    return {
        "signed_on": day,
        "signatories": f"{sponsorship.signatory.user.name}, {sponsorship.partner}",
        "file": ContentFile(one_page_pdf(name), name),
    }


def _later(day: datetime.date, days: int) -> datetime.date:
    return min(day + datetime.timedelta(days=days), timezone.localdate())


def amend(sponsorship: Sponsorship, text: dict, day: datetime.date, cast: Cast) -> Agreement:
    """Bring into force an amendment of the cash, from a day on, and return it."""
    return conclude(sponsorship, text, day, cast, cash_amount=Decimal(text["cash"]))
