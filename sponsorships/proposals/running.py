"""Enter a contract signed before this site was used: its proposal on the partner's behalf, and its draft agreement.

Another manager then accepts, records and starts it with the usual verbs (four-eyes rule).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.exceptions import Refused
from sponsorships.accounting import schedule
from sponsorships.accounting.promises import promised_from
from sponsorships.enums import AgreementPath
from sponsorships.models import Agreement, Sponsorship
from sponsorships.perms import MANAGING_AGREEMENTS, can_decide
from sponsorships.verbs import review, submit


@transaction.atomic
def enter(
    sponsorship: Sponsorship, *, by: User, terms: Mapping[str, Any], rows: Sequence[schedule.Planned]
) -> Agreement:
    """Save an unsaved sponsorship as sent and under review, with its draft agreement and instalments.

    Its promises count from the day it took effect. Return the agreement. Raise Refused with the reasons; nothing is
    saved then.
    """
    if not can_decide(sponsorship, by):
        raise Refused([str(MANAGING_AGREEMENTS)])
    sponsorship.created_by = by
    with promised_from(min(terms["effective_on"], timezone.localdate())):
        sponsorship.save()
        sponsorship.log_beginning(by=by)
        review(submit(sponsorship, by=by), by=by)
    current = sponsorship.locked()
    same = ("cash_amount", "in_kind_amount", "skills_amount")
    amounts = {name: getattr(current, name) or 0 for name in same}
    period = {"starts_on": current.starts_on, "ends_on": current.ends_on, "activity": current.activity}
    agreement = Agreement.objects.create(
        sponsorship=current,
        number=1,
        path=AgreementPath.ELSEWHERE,
        created_by=by,
        **amounts,
        **period,
        **terms,
    )
    agreement.log_beginning(by=by)
    if rows:
        schedule.plan(agreement, list(rows), by=by)
    return agreement
