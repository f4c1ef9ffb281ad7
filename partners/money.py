"""What activities have gathered, for pages: sums over the ledger, for a whole list at once. docs/money.md has the rules."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from chairs.enums import ActivityState
from chairs.models import Activity
from clusters.money import euros
from partners.enums import AGREED_STATUSES, PENDING_STATUSES, Contribution, EntryKind, SponsorshipStatus
from partners.ledger.sums import ZERO, CentsField, total
from partners.models import LedgerEntry, Sponsorship
from partners.models.sponsorship_queryset import amount_is_public

# What a reader looks for first: what can still be funded.
STATES_IN_ORDER = [ActivityState.OPEN, ActivityState.FUNDED, ActivityState.CLOSED]

# Shares are rounded to this many per cent.
ROUGH = 10
# What was agreed before an early end still counts.
ENDED = SponsorshipStatus.TERMINATED

EUROS = CentsField(max_digits=16, decimal_places=2)


@dataclass(frozen=True)
class ActivityMoney:
    """Cash, in euros net of VAT; what is given in kind or skills stands beside and never counts towards the target."""

    target: Decimal
    agreed: Decimal
    pending: Decimal
    received: Decimal
    agreed_otherwise: Decimal
    is_open: bool
    # A partner behind one of the sums keeps its amount to itself: the public reads rounded shares of the target.
    is_private: bool = False

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

    @property
    def rough_share(self) -> int:
        """How much of the target is agreed, to the nearest tenth: all of it and nothing only where that is so."""
        if self.agreed <= ZERO:
            return 0
        if self.remaining == ZERO:
            return 100
        return min(max(int((self.agreed * 10 / self.target).quantize(Decimal(1))) * 10, ROUGH), 100 - ROUGH)

    @property
    def rough_rest(self) -> int:
        return 100 - self.rough_share

    @property
    def said_remaining(self) -> str:
        """What it still needs, in words for whoever may not know what each partner gives."""
        if not self.is_private:
            return euros(self.remaining)
        said = {"share": self.rough_rest, "target": euros(self.target)}
        return _("about %(share)d %% of %(target)s") % said


def with_money(activities) -> list[Activity]:
    """Answer the activities, each with its `money`, in four queries however many there are: open ones first."""
    activities = list(activities)
    pks = [activity.pk for activity in activities]
    sums = {row["activity"]: row for row in _sums(pks)} if pks else {}
    agreed = dict(Activity.objects.filter(pk__in=pks).values_list("pk", agreed_cash_of_activity())) if pks else {}
    private = set(_behind_private_amounts(pks)) if pks else set()
    open_pks = set(Activity.objects.open().filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
    for activity in activities:
        row = sums.get(activity.pk, {})
        activity.money = ActivityMoney(
            target=activity.target,
            agreed=agreed.get(activity.pk, ZERO),
            pending=row.get("pending", ZERO),
            received=row.get("received", ZERO),
            agreed_otherwise=row.get("agreed_otherwise", ZERO),
            is_open=activity.pk in open_pks,
            is_private=activity.pk in private,
        )
    return sorted(activities, key=lambda activity: STATES_IN_ORDER.index(activity.money.state))


def _behind_private_amounts(pks):
    """Answer the activities of which some sum holds an amount that its partner does not publish today.

    The ledger says whose amounts they are: an agreement may name another activity than the proposal did.
    """
    counted = Sponsorship.objects.filter(status__in=[*PENDING_STATUSES, *AGREED_STATUSES, ENDED])
    private = counted.exclude(amount_is_public()).order_by().values("pk")
    entries = LedgerEntry.objects.filter(activity__in=pks, sponsorship__in=private).exclude(kind=EntryKind.ASKED)
    return entries.order_by().values_list("activity", flat=True).distinct()


def money_of(activity) -> ActivityMoney:
    """Answer one activity's money, from its list if it came with one."""
    return activity.money if hasattr(activity, "money") else with_money([activity])[0].money


def agreed_cash_of_activity() -> Greatest:
    """Answer the cash agreed on the activity of a row, as an expression: `LedgerEntryQuerySet.peak` for a whole list.

    What counts is the most that it comes to, today or on any day to come on which an amendment takes effect.
    """
    today = timezone.localdate()
    agreed = LedgerEntry.objects.filter(kind=EntryKind.AGREED, contribution=Contribution.CASH).order_by()
    of_row, until_step = agreed.filter(activity=OuterRef("pk")), agreed.filter(activity=OuterRef("activity"))
    steps = of_row.filter(effective_on__gt=today).annotate(
        running=_sum_of(until_step.filter(effective_on__lte=OuterRef("effective_on")))
    )
    now = _sum_of(of_row.filter(effective_on__lte=today))
    highest = Coalesce(Subquery(steps.order_by("-running").values("running")[:1], output_field=EUROS), now)
    return Greatest(now, highest, output_field=EUROS)


def _sum_of(entries) -> Coalesce:
    return Coalesce(
        Subquery(entries.values("activity").annotate(sum=total()).values("sum"), output_field=EUROS),
        Value(ZERO),
        output_field=EUROS,
    )


def _sums(pks):
    cash = Q(contribution=Contribution.CASH)
    agreed = Q(kind=EntryKind.AGREED)
    return (
        LedgerEntry.objects.filter(activity__in=pks)
        .order_by()
        .values("activity")
        .annotate(
            pending=total(filter=cash & Q(kind=EntryKind.PENDING)),
            received=total(filter=cash & Q(kind__in=[EntryKind.RECEIVED, EntryKind.OVERPAID])),
            agreed_otherwise=total(filter=agreed & ~cash),
        )
    )
