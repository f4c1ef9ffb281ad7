"""What activities have gathered, for pages: counted for a whole list at once. Rules: design of money, docs/sponsorships.md."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from chairs.enums import ActivityState
from chairs.models import Activity
from partners.enums import AGREED_STATUSES, PENDING_STATUSES
from partners.models import Sponsorship

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class ActivityMoney:
    """Cash, in euros net of VAT; what is given in kind or skills stands beside and never counts towards the target."""

    target: Decimal
    agreed: Decimal
    pending: Decimal
    agreed_otherwise: Decimal
    is_open: bool

    @property
    def remaining(self) -> Decimal:
        return max(self.target - self.agreed, ZERO)

    @property
    def state(self) -> ActivityState:
        if self.remaining == ZERO:
            return ActivityState.FUNDED
        return ActivityState.OPEN if self.is_open else ActivityState.CLOSED

    @property
    def share(self) -> int:
        """How much of the target is agreed, in whole per cent."""
        return int(min(self.agreed, self.target) * 100 / self.target)


def with_money(activities) -> list[Activity]:
    """Answer the activities, each with its `money`, in two queries however many there are."""
    activities = list(activities)
    pks = [activity.pk for activity in activities]
    sums = {row["activity"]: row for row in _sums(pks)} if pks else {}
    open_pks = set(Activity.objects.open().filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
    for activity in activities:
        row = sums.get(activity.pk, {})
        activity.money = ActivityMoney(
            target=activity.target,
            agreed=row.get("agreed", ZERO),
            pending=row.get("pending", ZERO),
            agreed_otherwise=row.get("in_kind", ZERO) + row.get("skills", ZERO),
            is_open=activity.pk in open_pks,
        )
    return activities


def money_of(activity) -> ActivityMoney:
    """Answer one activity's money, from its list if it came with one."""
    return activity.money if hasattr(activity, "money") else with_money([activity])[0].money


def _sums(pks):
    agreed, pending = Q(status__in=AGREED_STATUSES), Q(status__in=PENDING_STATUSES)
    return (
        Sponsorship.objects.filter(activity__in=pks)
        .order_by()
        .values("activity")
        .annotate(
            agreed=Coalesce(Sum("cash_amount", filter=agreed), ZERO),
            pending=Coalesce(Sum("cash_amount", filter=pending), ZERO),
            in_kind=Coalesce(Sum("in_kind_amount", filter=agreed), ZERO),
            skills=Coalesce(Sum("skills_amount", filter=agreed), ZERO),
        )
    )
