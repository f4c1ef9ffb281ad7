"""Invented sponsorships in bulk, with their agreements, payments and reports."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from chairs.enums import FUNDABLE_STATUSES, ChairStatus
from chairs.models import Activity, Chair
from clusters.enums import Origin
from demo.generation.chairs import Batch
from demo.generation.ledgers import PAID_AFTER, Account, post
from demo.generation.surroundings import Surroundings, moment
from demo.generation.words import filled
from partners.models import Contact
from progress.enums import ReportStatus
from progress.models import ProgressReport
from sponsorships.enums import (
    AgreementPath,
    AgreementStatus,
    Confidentiality,
    InstalmentStatus,
    Regime,
    SponsorshipStatus,
)
from sponsorships.models import Agreement, Instalment, Sponsorship, SponsorshipTransition
from sponsorships.models.reference import give

S = SponsorshipStatus
# In percent of the sponsorships of a running chair; those of a closed chair are completed.
STATUSES = {S.DRAFT: 4, S.SUBMITTED: 6, S.IN_REVIEW: 6, S.DECLINED: 4, S.ACCEPTED: 5, S.ACTIVE: 75}
BEFORE_A_START = {S.DRAFT: 30, S.SUBMITTED: 40, S.IN_REVIEW: 30}
A_CHAIR = (0, 1, 1, 1, 2, 2)
LASTING = datetime.timedelta(days=3 * 365)
A_QUARTER, FIRST_DUE = datetime.timedelta(days=91), datetime.timedelta(days=30)
# Days from sending to each step.
SENT_AFTER, REVIEWED, DECIDED, SIGNED = (0, 40), 10, 30, 45
RECENT = (15, 40)
INSTALMENTS, PARTS = (3, 8), range(1_000, 6_500, 500)
INVOICED_AFTER = datetime.timedelta(days=3)
ACTIVITY_SHARE, GIFT_SHARE, IN_KIND_SHARE, HIDDEN_SHARE, REPORT_SHARE = 60, 30, 15, 10, 25
TRANSITIONS = (
    ("submit", S.SUBMITTED, "submitted_at"),
    ("review", S.IN_REVIEW, "review_started_at"),
    ("accept", S.ACCEPTED, "accepted_at"),
    ("decline", S.DECLINED, "declined_at"),
    ("activate", S.ACTIVE, "activated_at"),
    ("complete", S.COMPLETED, "completed_at"),
)


def make_sponsorships(batch: Batch, contacts: list[Contact], around: Surroundings) -> None:
    """Save the sponsorships of these chairs, with their agreements, instalments and ledgers."""
    activities: dict[int, list[Activity]] = {}
    for activity in batch.activities:
        activities.setdefault(activity.chair_id, []).append(activity)
    accounts = [
        Account(_sponsorship(chair, activities.get(chair.pk, []), contacts, around))
        for chair in batch.chairs
        if _takes_money(chair)
        for _place in range(around.chance.choice(A_CHAIR))
    ]
    give(account.sponsorship for account in accounts)
    Sponsorship.objects.bulk_create(account.sponsorship for account in accounts)
    _sign(accounts, around)
    post(accounts, lambda: _number(around))
    SponsorshipTransition.objects.bulk_create(line for account in accounts for line in _life(account, around))
    ProgressReport.objects.bulk_create(report for account in accounts for report in _reports(account, around))


def _takes_money(chair: Chair) -> bool:
    is_over = chair.status in (ChairStatus.SUSPENDED, ChairStatus.CLOSED)
    return chair.rule is not None and chair.rule.is_open_to_partners and (chair.status in FUNDABLE_STATUSES or is_over)


def _sponsorship(chair: Chair, activities: list[Activity], contacts: list[Contact], around: Surroundings):
    chance, contact = around.chance, around.chance.choice(contacts)
    status = _status(chair, around)
    regime = Regime.PATRONAGE if chance.falls(GIFT_SHARE) else Regime.PARTNERSHIP
    parts, part = chance.randint(*INSTALMENTS), Decimal(chance.choice(PARTS))
    sent = _sent(chair, status, around)
    chosen = chance.choice(activities) if activities and chance.falls(ACTIVITY_SHARE) else None
    return Sponsorship(
        reference=_number(around),
        chair=chair,
        partner=contact.partner,
        activity=chosen,
        proposal="" if chosen else around.words.sentences(1).en,
        purpose=around.words.sentences(1).fr,
        regime=regime,
        cash_amount=parts * part,
        in_kind_amount=part if chance.falls(IN_KIND_SHARE) else None,
        starts_on=sent + datetime.timedelta(days=SIGNED),
        ends_on=sent + datetime.timedelta(days=SIGNED) + LASTING,
        confidentiality=chance.choice(Confidentiality.values),
        named_from=around.day(chance.randint(1, 200)) if chance.falls(HIDDEN_SHARE) else None,
        counterparts_value=Decimal(0) if regime == Regime.PATRONAGE else None,
        signatory=contact,
        origin=Origin.DEMONSTRATION,
        created_by=contact.user,
        status=status,
        **_moments(chair, status, sent),
    )


def _status(chair: Chair, around: Surroundings) -> str:
    if chair.status == ChairStatus.CLOSED:
        return S.COMPLETED
    if chair.status == ChairStatus.SUSPENDED:
        return S.ACTIVE
    known = STATUSES if chair.status == ChairStatus.ACTIVE else BEFORE_A_START
    return around.chance.choices(list(known), weights=list(known.values()))[0]


def _sent(chair: Chair, status: str, around: Surroundings) -> datetime.date:
    """Return the day of sending: soon after the chair's start if it runs; recently if it is undecided."""
    if status in (S.DRAFT, S.SUBMITTED, S.IN_REVIEW) or chair.starts_on > around.today:
        return around.day(-around.chance.randint(*RECENT))
    return min(chair.starts_on + datetime.timedelta(days=around.chance.randint(*SENT_AFTER)), around.day(-SIGNED))


def _moments(chair: Chair, status: str, sent: datetime.date) -> dict[str, datetime.datetime | None]:
    steps = {
        "created_at": 0,
        "submitted_at": 0,
        "review_started_at": REVIEWED,
        "accepted_at": DECIDED,
        "activated_at": SIGNED,
    }
    kept = {S.DRAFT: 1, S.SUBMITTED: 2, S.IN_REVIEW: 3, S.DECLINED: 3, S.ACCEPTED: 4}.get(status, len(steps))
    moments = {name: moment(sent + datetime.timedelta(days=days)) for name, days in list(steps.items())[:kept]}
    if status == S.DECLINED:
        return moments | {"declined_at": moment(sent + datetime.timedelta(days=DECIDED))}
    return moments | ({"completed_at": chair.closed_at} if status == S.COMPLETED else {})


def _sign(accounts: list[Account], around: Surroundings) -> None:
    """Save the agreements of running and completed sponsorships, and their instalments."""
    running = [account for account in accounts if account.sponsorship.activated_at is not None]
    for account in running:
        account.agreement = _agreement(account.sponsorship, around)
    Agreement.objects.bulk_create(account.agreement for account in running)
    for account in running:
        account.instalments = _instalments(account, around)
    Instalment.objects.bulk_create(instalment for account in running for instalment in account.instalments)


def _agreement(sponsorship: Sponsorship, around: Surroundings) -> Agreement:
    cluster, signed_on = sponsorship.chair.cluster, sponsorship.activated_at.date()
    return Agreement(
        sponsorship=sponsorship,
        number=1,
        path=AgreementPath.ELSEWHERE,
        managing_institution=around.employers[cluster.pk % len(around.employers)],
        activity=sponsorship.activity,
        cash_amount=sponsorship.cash_amount,
        in_kind_amount=sponsorship.in_kind_amount or Decimal(0),
        starts_on=sponsorship.starts_on,
        ends_on=sponsorship.ends_on,
        effective_on=signed_on,
        signed_on=signed_on,
        signatories=sponsorship.signatory.user.name,
        created_by=around.cast.manager(cluster),
        created_at=sponsorship.accepted_at,
        status=AgreementStatus.RECORDED,
        recorded_at=sponsorship.activated_at,
    )


def _instalments(account: Account, around: Surroundings) -> list[Instalment]:
    sponsorship, agreement = account.sponsorship, account.agreement
    parts = _parts(sponsorship.cash_amount, around)
    first, last = agreement.effective_on + FIRST_DUE, sponsorship.completed_at
    step = A_QUARTER
    if last is not None:  # all were paid by then
        step = min(step, (last.date() - first - INVOICED_AFTER - PAID_AFTER) / parts)
    return [
        Instalment(
            sponsorship=sponsorship,
            agreement=agreement,
            number=place + 1,
            amount=sponsorship.cash_amount / parts,
            due_on=first + place * step,
            **_progress(first + place * step, f"F{sponsorship.pk}-{place + 1}", around.today),
        )
        for place in range(parts)
    ]


def _parts(amount: Decimal, around: Surroundings) -> int:
    """Return the number of instalments, chosen so that each is a whole number of euros."""
    least, most = INSTALMENTS
    return around.chance.choice([parts for parts in range(least, most + 1) if amount % parts == 0])


def _progress(due_on: datetime.date, number: str, today: datetime.date) -> dict[str, Any]:
    """Return an instalment's fields for today: invoiced a few days after it is due, and paid a month later."""
    invoiced_on = due_on + INVOICED_AFTER
    values: dict[str, Any] = {"status": InstalmentStatus.PLANNED}
    if due_on <= today:
        values = {"status": InstalmentStatus.DUE, "due_at": moment(due_on)}
    if invoiced_on <= today:
        values |= {"status": InstalmentStatus.INVOICED, "invoiced_at": moment(invoiced_on), "invoiced_on": invoiced_on}
        values |= {"invoice_number": number, "payable_on": invoiced_on + PAID_AFTER}
    if invoiced_on + PAID_AFTER <= today:
        values |= {"status": InstalmentStatus.RECEIVED, "received_at": moment(invoiced_on + PAID_AFTER)}
    return values


def _life(account: Account, around: Surroundings) -> list[SponsorshipTransition]:
    """Return the sponsorship's transitions, up to its status."""
    sponsorship, last, lines = account.sponsorship, S.DRAFT, []
    manager = around.cast.manager(sponsorship.chair.cluster)
    for verb, status, moment_name in TRANSITIONS:
        if at := getattr(sponsorship, moment_name):
            by = sponsorship.created_by if verb == "submit" else manager
            lines.append(SponsorshipTransition(record=sponsorship, verb=verb, source=last, target=status, by=by, at=at))
            last = status
    return lines


def _reports(account: Account, around: Surroundings) -> list[ProgressReport]:
    """Return the report of the first quarter; none for most."""
    sponsorship = account.sponsorship
    if account.agreement is None or not around.chance.falls(REPORT_SHARE):
        return []
    ends_on = sponsorship.starts_on + A_QUARTER
    if ends_on > around.today:
        return []
    at = moment(ends_on)
    return [
        ProgressReport(
            reference=_number(around),
            sponsorship=sponsorship,
            starts_on=sponsorship.starts_on,
            ends_on=ends_on,
            done=around.words.sentences(1).fr,
            result=around.words.sentences(1).fr,
            created_by=sponsorship.chair.registered_by,
            created_at=at,
            status=ReportStatus.ACCEPTED,
            submitted_at=at,
            accepted_at=at,
            **filled(public_paragraph=around.words.sentences(1)),
        )
    ]


def _number(around: Surroundings) -> uuid.UUID:
    return uuid.UUID(int=around.chance.getrandbits(128), version=4)
