"""What activities have gathered, for pages: sums over the ledger, for a whole list at once. docs/money.md has the rules.

`ActivityMoney` is for those who read the proposals themselves. Everybody else reads `PublicMoney`, which is computed as
if what no partner publishes did not exist (docs/publication.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from chairs.enums import ActivityState
from chairs.models import Activity
from core.prepared import Prepared
from core.primary_keys import any_given, as_one
from sponsorships.accounting.figures import FigureChange, highest, rows_by_day, said, split_at
from sponsorships.accounting.sums import ZERO, CentsField, total
from sponsorships.enums import Contribution, EntryKind
from sponsorships.models import LedgerEntry, Sponsorship
from sponsorships.models.ledger import LedgerEntryQuerySet

# What a reader looks for first: what can still be funded.
STATES_IN_ORDER = [ActivityState.OPEN, ActivityState.FUNDED, ActivityState.CLOSED]

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
    # What `agreed` becomes on later days.
    later: tuple[FigureChange, ...] = ()

    @property
    def remaining(self) -> Decimal:
        """What no promise of today or of a later day takes."""
        return max(self.target - highest(self.agreed, self.later), ZERO)

    @property
    def later_said(self) -> str:
        return said(self.later)

    @property
    def state(self) -> ActivityState:
        if self.remaining == ZERO:
            return ActivityState.FUNDED
        return ActivityState.OPEN if self.is_open else ActivityState.CLOSED


@dataclass(frozen=True)
class PublicMoney:
    """An activity's target and what its partners publish, in euros net of VAT; a figure of nobody else shows in it.

    `is_open` alone knows of every sponsorship: an activity that takes no more proposals is closed, whatever closed it.
    """

    target: Decimal
    given: Decimal
    given_otherwise: Decimal
    is_open: bool

    @property
    def left(self) -> Decimal:
        """The target less what is published: no less is still needed as far as the public knows."""
        return max(self.target - self.given, ZERO)

    @property
    def state(self) -> ActivityState:
        return ActivityState.OPEN if self.is_open else ActivityState.CLOSED


def with_money(activities: Iterable[Activity]) -> list[Any]:
    """Return the activities, each with its `money`, in two queries however many there are: open ones first."""
    found: list[Any] = list(activities)
    pks = [activity.pk for activity in found]
    rows = _sums(activities=as_one(pks)) if pks else []
    now, later = split_at(timezone.localdate(), rows, "activity")
    open_pks = _open_among(pks)
    for activity in found:
        cash = {kind: now.get((kind, Contribution.CASH, activity.pk), ZERO) for kind in EntryKind}
        others = [one for one in Contribution if one != Contribution.CASH]
        activity.money = ActivityMoney(
            target=activity.target,
            agreed=cash[EntryKind.AGREED],
            later=tuple(later.get((EntryKind.AGREED, Contribution.CASH, activity.pk), ())),
            pending=cash[EntryKind.PENDING],
            received=cash[EntryKind.RECEIVED],
            agreed_otherwise=sum((now.get((EntryKind.AGREED, one, activity.pk), ZERO) for one in others), ZERO),
            is_open=activity.pk in open_pks,
        )
    return sorted(found, key=lambda activity: STATES_IN_ORDER.index(activity.money.state))


@Prepared
def _sums() -> Any:
    entries = LedgerEntry.objects.filter(activity__in=any_given("activities"))
    return rows_by_day(entries, Value(timezone.localdate(), DateField()), "activity")


def with_public_money(activities: Iterable[Activity]) -> list[Any]:
    """Return the activities, each with its `public_money`, in two queries however many there are: open ones first."""
    found: list[Any] = list(activities)
    pks = [activity.pk for activity in found]
    sums, open_pks = published_sums(pks), _open_among(pks)
    for activity in found:
        row = sums.get(activity.pk, {})
        activity.public_money = PublicMoney(
            target=activity.target,
            given=row.get("given", ZERO),
            given_otherwise=row.get("given_otherwise", ZERO),
            is_open=activity.pk in open_pks,
        )
    return sorted(found, key=lambda activity: STATES_IN_ORDER.index(activity.public_money.state))


def open_with_target(pks: Sequence[int]) -> dict[int, Decimal]:
    """Return those of the activities that take proposals, each with its target."""
    return dict(_targets_of_open(pks=as_one(pks))) if pks else {}


def open_with_left(pks: Sequence[int]) -> dict[int, Decimal]:
    """Return those of the activities that take proposals, each with its target less what its partners publish."""
    found = open_with_target(pks)
    sums = published_sums(list(found))
    return {pk: max(target - sums[pk]["given"] if pk in sums else target, ZERO) for pk, target in found.items()}


@Prepared
def _targets_of_open() -> QuerySet[Any, Any]:
    return _open_given().values_list("pk", "target")


def published_sums(pks: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    """Return what partners publish, `given` in cash and `given_otherwise`, by activity; none where they publish nothing."""
    return {row["activity"]: row for row in _published_sums(pks=as_one(pks))} if pks else {}


def _open_among(pks: Sequence[int]) -> set[int]:
    """Return those of the activities that take proposals, whatever closed the others."""
    return set(_open_of(pks=as_one(pks))) if pks else set()


@Prepared
def _open_of() -> QuerySet[Any, Any]:
    return _open_given().values_list("pk", flat=True)


def _open_given() -> QuerySet[Any, Any]:
    # Nothing is translated of what is asked: each row need not be looked through for it.
    found: QuerySet[Any, Any] = Activity.objects.open().filter(pk__in=any_given("pks")).order_by().rewrite(False)
    return found


@Prepared
def _published_sums() -> QuerySet[Any, Any]:
    """Return, by activity, what is agreed today on sponsorships whose exact amount the public may know."""
    # Asked entry by entry: as a list it would be that of the whole nation, for the few entries of a page.
    is_published = Exists(Sponsorship.objects.with_public_amount().order_by().filter(pk=OuterRef("sponsorship")))
    agreed = LedgerEntry.objects.filter(is_published, activity__in=any_given("pks"), kind=EntryKind.AGREED)
    cash = Q(contribution=Contribution.CASH)
    sums = agreed.on(timezone.localdate()).order_by().values("activity")
    return sums.annotate(given=total(filter=cash), given_otherwise=total(filter=~cash))


def money_of(activity: Activity) -> ActivityMoney:
    """Return one activity's money, from its list if it came with one."""
    counted = activity if hasattr(activity, "money") else with_money([activity])[0]
    money: ActivityMoney = counted.money
    return money


def public_money_of(activity: Activity) -> PublicMoney:
    """Return one activity's public money, from its list if it came with one."""
    counted = activity if hasattr(activity, "public_money") else with_public_money([activity])[0]
    money: PublicMoney = counted.public_money
    return money


def agreed_cash_of_activity() -> Greatest:
    """Return the cash agreed on the activity of a row, as an expression: `LedgerEntryQuerySet.peak` for a whole list.

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


def _sum_of(entries: LedgerEntryQuerySet) -> Coalesce:
    return Coalesce(
        Subquery(entries.values("activity").annotate(sum=total()).values("sum"), output_field=EUROS),
        Value(ZERO),
        output_field=EUROS,
    )
