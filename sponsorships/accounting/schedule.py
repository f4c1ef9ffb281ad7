"""Plan the instalments of an agreement: by hand, or as equal parts on the first days of quarters."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.money import CENT
from sponsorships.agreements.conditions import planned_by, planned_with
from sponsorships.enums import AgreementStatus, InstalmentCondition
from sponsorships.models import Agreement, Instalment, Sponsorship
from sponsorships.perms import MANAGING_AGREEMENTS, can_manage_agreement

MONTHS_A_QUARTER = 3
# A payment a month over ten years: a larger number is a typing mistake.
MAX_PARTS = 120


@dataclass(frozen=True)
class Planned:
    """One instalment of a schedule to save. The amount is in euros net of VAT."""

    amount: Decimal
    due_on: datetime.date | None
    condition: InstalmentCondition = InstalmentCondition.DATE
    milestone: str = ""
    # The period of the report that the instalment waits for.
    report_from: datetime.date | None = None
    report_until: datetime.date | None = None


def quarter_from(day: datetime.date) -> datetime.date:
    """Return the first day of a quarter: the day itself if it is one, else the next."""
    months = day.year * 12 + day.month - 1
    if day.day > 1 or months % MONTHS_A_QUARTER:
        months += MONTHS_A_QUARTER - months % MONTHS_A_QUARTER
    return datetime.date(months // 12, months % 12 + 1, 1)


def propose(amount: Decimal, parts: int, first: datetime.date) -> list[Planned]:
    """Divide an amount into equal instalments, one a quarter, from the first quarter that begins on `first` or later.

    Leftover cents go to the first instalments, one each. Raise ValueError for less than a cent each, or a bad number.
    """
    if not 1 <= parts <= MAX_PARTS or amount < CENT * parts:
        raise ValueError("an amount of at least one cent a part, in 1 to 120 parts")
    share = (amount / parts).quantize(CENT, ROUND_DOWN)
    spare = int((amount - share * parts) / CENT)
    day, planned = quarter_from(first), []
    for number in range(parts):
        planned.append(Planned(share + (CENT if number < spare else 0), day))
        day = quarter_from(day + datetime.timedelta(days=1))
    return planned


def to_plan(agreement: Agreement) -> Decimal:
    """Return what the agreement's own schedule must add up to, in euros net of VAT: agreed cash minus earlier invoices."""
    return agreement.cash_amount - (planned_with(agreement) - planned_by(agreement))


def why_not_plan(agreement: Agreement, by: User) -> list[str]:
    """Return every reason why this person cannot change the schedule now."""
    if not can_manage_agreement(agreement, by):
        return [str(MANAGING_AGREEMENTS)]
    if agreement.status == AgreementStatus.DRAFT:
        return []
    return [_("The agreement is no longer a draft: use an amendment to reschedule the instalments.")]


@transaction.atomic
def plan(agreement: Agreement, rows: list[Planned], *, by: User) -> list[Instalment]:
    """Replace the draft's schedule and return the new instalments. Raise Refused with the reasons.

    The sum is not checked here but when the agreement is issued or recorded: a schedule may be written in several
    steps.
    """
    # Lock in the same order as verbs do: the sponsorship first.
    Sponsorship.objects.select_for_update().get(pk=agreement.sponsorship_id)
    current = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if reasons := why_not_plan(current, by):
        raise Refused(reasons)
    current.instalments.all().delete()
    last = current.sponsorship.instalments.aggregate(last=Max("number"))["last"] or 0
    return [
        Instalment.objects.create(sponsorship=current.sponsorship, agreement=current, number=number, **vars(row))
        for number, row in enumerate(rows, last + 1)
    ]
