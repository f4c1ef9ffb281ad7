"""The money of activities, for pages: sums of ledger entries, for a whole list at once. docs/money.md has the rules.

`ActivityMoney` is for those who may read the proposals. Everybody else gets `PublicMoney`, which leaves out amounts
that partners do not publish (docs/publication.md).
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

# Activities that still take money come first.
STATES_IN_ORDER = [ActivityState.OPEN, ActivityState.FUNDED, ActivityState.CLOSED]

EUROS = CentsField(max_digits=16, decimal_places=2)


@dataclass(frozen=True)
class ActivityMoney:
    """An activity's cash, in euros net of VAT.

    Contributions in kind and skills are apart and never count towards the target.
    """

    target: Decimal
    agreed: Decimal
    pending: Decimal
    received: Decimal
    agreed_otherwise: Decimal
    is_open: bool
    # The values of `agreed` on later days.
    later: tuple[FigureChange, ...] = ()

    @property
    def remaining(self) -> Decimal:
        """The target minus the highest cash agreed today or on any later day; never negative."""
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
    """An activity's target and what its partners publish, in euros net of VAT; private amounts do not show in it.

    Only `is_open` depends on every sponsorship: an activity that takes no more proposals is closed, whatever the
    reason.
    """

    target: Decimal
    given: Decimal
    given_otherwise: Decimal
    is_open: bool

    @property
    def left(self) -> Decimal:
        """The target minus what partners publish, never negative: an upper bound of what is still needed."""
        return max(self.target - self.given, ZERO)

    @property
    def state(self) -> ActivityState:
        return ActivityState.OPEN if self.is_open else ActivityState.CLOSED


def with_money(activities: Iterable[Activity]) -> list[Any]:
    """Return the activities, open ones first, each with `money`; two queries for any number."""
    found: list[Any] = list(activities)
    pks = [activity.pk for activity in found]
    rows = _sums(activities=as_one(pks)) if pks else []
    now, later = split_at(timezone.localdate(), rows, "activity")
    open_pks = open_among(pks)
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
    """Return the activities, open ones first, each with `public_money`; two queries for any number."""
    found: list[Any] = list(activities)
    pks = [activity.pk for activity in found]
    sums, open_pks = published_sums(pks), open_among(pks)
    for activity in found:
        row = sums.get(activity.pk, {})
        activity.public_money = PublicMoney(
            target=activity.target,
            given=row.get("given", ZERO),
            given_otherwise=row.get("given_otherwise", ZERO),
            is_open=activity.pk in open_pks,
        )
    return sorted(found, key=lambda activity: STATES_IN_ORDER.index(activity.public_money.state))


def open_with_left(pks: Sequence[int]) -> dict[int, Decimal]:
    """Return, by key of the activities that take proposals, the target minus what partners publish."""
    found: dict[int, Decimal] = dict(_targets_of_open(pks=as_one(pks))) if pks else {}
    sums = published_sums(list(found))
    return {pk: max(target - sums[pk]["given"] if pk in sums else target, ZERO) for pk, target in found.items()}


@Prepared
def _targets_of_open() -> QuerySet[Any, Any]:
    return _open_given().values_list("pk", "target")


def published_sums(pks: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    """Return, by activity, the public amounts `given` (cash) and `given_otherwise`; no key where none is public."""
    return {row["activity"]: row for row in _published_sums(pks=as_one(pks))} if pks else {}


def open_among(pks: Sequence[int]) -> set[int]:
    """Return the keys of the activities that take proposals."""
    return set(_open_of(pks=as_one(pks))) if pks else set()


@Prepared
def _open_of() -> QuerySet[Any, Any]:
    return _open_given().values_list("pk", flat=True)


def _open_given() -> QuerySet[Any, Any]:
    # Nothing queried is translated: modeltranslation need not rewrite the rows.
    found: QuerySet[Any, Any] = Activity.objects.open().filter(pk__in=any_given("pks")).order_by().rewrite(False)
    return found


@Prepared
def _published_sums() -> QuerySet[Any, Any]:
    """Return, by activity, the amounts agreed today on sponsorships whose exact amount is public."""
    # A correlated subquery: an uncorrelated one would first list the public sponsorships of the whole nation.
    is_published = Exists(Sponsorship.objects.with_public_amount().order_by().filter(pk=OuterRef("sponsorship")))
    agreed = LedgerEntry.objects.filter(is_published, activity__in=any_given("pks"), kind=EntryKind.AGREED)
    cash = Q(contribution=Contribution.CASH)
    sums = agreed.on(timezone.localdate()).order_by().values("activity")
    return sums.annotate(given=total(filter=cash), given_otherwise=total(filter=~cash))


def money_of(activity: Activity) -> ActivityMoney:
    """Return one activity's money, as set by `with_money` on its list, or else computed."""
    counted = activity if hasattr(activity, "money") else with_money([activity])[0]
    money: ActivityMoney = counted.money
    return money


def public_money_of(activity: Activity) -> PublicMoney:
    """Return one activity's public money, as set by `with_public_money` on its list, or else computed."""
    counted = activity if hasattr(activity, "public_money") else with_public_money([activity])[0]
    money: PublicMoney = counted.public_money
    return money


def agreed_cash_of_activity() -> Greatest:
    """Return an expression for the cash agreed on each activity: `LedgerEntryQuerySet.peak` for a queryset.

    It is the highest amount, today or on a later day on which an amendment takes effect.
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
