"""The queries of the long lists below figures, each compiled once per kind of scope and page number.

Each follows an index and checks record by record whether it has counted entries: a page costs the same however long the
list is. Only the columns that the list shows are read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Round

from chairs.models import Activity, Chair
from core.languages import columns_of
from core.prepared import Argument, Prepared
from core.primary_keys import any_given
from figures.enums import Grouping
from partners.models import Partner
from sponsorships.accounting.figures import rows_by_day
from sponsorships.accounting.sums import ZERO, CentsField, total
from sponsorships.enums import Contribution, EntryKind, InstalmentStatus
from sponsorships.models import Instalment, LedgerEntry

# Per process: the first pages of each list, for each kind of scope.
MAX_KEPT = 100
PATHS = {Grouping.CHAIR: "sponsorship__chair", Grouping.PARTNER: "sponsorship__partner", Grouping.ACTIVITY: "activity"}
SETTLING = [EntryKind.RECEIVED, EntryKind.WRITTEN_OFF]
HALF_A_CENT = Decimal("0.005")
DAY = Argument("day", LedgerEntry._meta.get_field("effective_on"))
KNOWN = Argument("known", LedgerEntry._meta.get_field("recorded_at"))
OF_A_CLUSTER = ("name", "acronym", "slug")


class Whose(Enum):
    NATION = auto()
    CLUSTER = auto()
    PARTNER = auto()


@dataclass(frozen=True)
class Of:
    """Whose figures a page shows, and whether as known on a past day."""

    whose: Whose
    is_known_then: bool = False

    def condition(self, path: str = "") -> Q:
        """Return the condition on sponsorships, reached by `path`, that they count in this scope."""
        if self.whose is Whose.CLUSTER:
            return of_cluster(f"{path}chair__")
        return Q(**{f"{path}partner": Argument("whose")}) if self.whose is Whose.PARTNER else Q()

    @property
    def recorded(self) -> QuerySet[LedgerEntry]:
        """The known entries of every scope, with any date."""
        return LedgerEntry.objects.filter(**({"recorded_at__lt": KNOWN} if self.is_known_then else {})).order_by()

    @property
    def every(self) -> QuerySet[LedgerEntry]:
        """The entries of every scope that count on the day."""
        return self.recorded.filter(effective_on__lte=DAY)

    @property
    def entries(self) -> QuerySet[LedgerEntry]:
        return self.every.filter(self.condition("sponsorship__"))


def of_cluster(path: str = "") -> Q:
    """Return the condition on chairs, reached by `path`, that they are the cluster's or that it has a share of them."""
    shared = f"{path}pk__in"
    return Q(**{f"{path}cluster": Argument("whose")}) | Q(**{shared: any_given("shared")})


@lru_cache(MAX_KEPT)
def prepared(of: Of, name: str, *how: Any) -> Prepared:
    """Return the query of this name; for a list, `how` begins with its first row and its last row plus one."""
    return Prepared(lambda: QUERIES[name](of, *how))


def chairs(of: Of, start: int, stop: int | None) -> QuerySet[Chair]:
    shown = (
        "slug",
        "status",
        "origin",
        "public_grant",
        *columns_of("title"),
        *(f"cluster__{name}" for name in OF_A_CLUSTER),
    )
    found = _chairs_with(of, Q(sponsorship__chair=OuterRef("pk"))).select_related("cluster").only("cluster", *shown)
    return found[start:stop]


def chairs_with_activities(of: Of, start: int, stop: int | None) -> QuerySet[Any]:
    return _chairs_with(of, Q(activity__chair=OuterRef("pk"))).values_list("pk", flat=True)[start:stop]


def _chairs_with(of: Of, entries: Q) -> QuerySet[Chair]:
    """Return the chairs with counted entries, in the order of the index."""
    is_of_cluster = of.whose is Whose.CLUSTER
    found = Chair.objects.filter(of_cluster()) if is_of_cluster else Chair.objects.all()
    counted = of.every if is_of_cluster else of.entries
    return found.filter(Exists(counted.filter(entries))).order_by("title", "pk")


def partners(of: Of, start: int, stop: int | None) -> QuerySet[Partner]:
    counted = Exists(of.entries.filter(sponsorship__partner=OuterRef("pk")))
    return Partner.objects.filter(counted).order_by("name_key", "pk").only("name", "slug")[start:stop]


def activities(of: Of) -> QuerySet[Activity]:
    counted = Exists(of.entries.filter(activity=OuterRef("pk")))
    found = Activity.objects.filter(counted, chair__in=any_given("keys")).order_by("pk").select_related("chair")
    return found.only("target", "chair", *columns_of("title", "chair__title"))


def sums(of: Of, grouping: Grouping) -> QuerySet[Any]:
    """Return the sums of records by kind and contribution; of shared chairs by entry, since each entry is divided."""
    path = PATHS[grouping]
    found = of.entries.filter(**{f"{path}__in": any_given("keys")})
    shared = [_if_shared(of, column) for column in ("sponsorship__chair", "sponsorship__chair__cluster", "pk")]
    by = (path, "kind", "contribution", "sponsorship__origin", *shared)
    return found.values_list(*by).annotate(sum=total(), number=Count("pk"))


def _if_shared(of: Of, column: str) -> Case | Value:
    """Return a column if the cluster has a share of the chair, else NULL."""
    if of.whose is not Whose.CLUSTER:
        return Value(None, BigIntegerField())
    return Case(When(sponsorship__chair__in=any_given("shared"), then=F(column)), output_field=BigIntegerField())


def later(of: Of) -> QuerySet[Any]:
    agreed = of.recorded.filter(kind=EntryKind.AGREED, contribution=Contribution.CASH)
    return rows_by_day(agreed.filter(activity__in=any_given("keys")), DAY, "activity")


def overdue(of: Of, start: int, stop: int | None, is_past: bool) -> QuerySet[Instalment]:
    """Return the instalments that were invoiced, payable before the day, and not settled by then."""
    entries = of.every.filter(instalment=OuterRef("pk")).values("instalment")
    unsettled = Q(status=InstalmentStatus.INVOICED)
    if is_past:
        settled_later = LedgerEntry.objects.filter(instalment=OuterRef("pk"), kind__in=SETTLING, effective_on__gt=DAY)
        unsettled |= Exists(settled_later)
    if of.is_known_then:
        unsettled |= Exists(LedgerEntry.objects.filter(instalment=OuterRef("pk"), recorded_at__gte=KNOWN))
    partner, chair = "sponsorship__partner__", "sponsorship__chair__"
    shown = (f"{partner}name", *columns_of(f"{chair}title"), *(f"{chair}cluster__{name}" for name in OF_A_CLUSTER))
    return (
        Instalment.objects.filter(of.condition("sponsorship__"))
        .filter(unsettled, payable_on__lt=DAY)
        .annotate(invoiced=_sum(entries.filter(kind=EntryKind.INVOICED)))
        .annotate(settled=_sum(entries.filter(kind__in=SETTLING)))
        # SQLite compares floating-point sums: an amount settled to the cent is settled.
        .filter(invoiced__gt=Round(F("settled"), 2) + HALF_A_CENT)
        .select_related("sponsorship__partner", "sponsorship__chair__cluster")
        .only("number", "payable_on", "sponsorship__origin", "sponsorship__reference", *shown)
        .order_by("payable_on", "pk")[start:stop]
    )


def _sum(entries: QuerySet[Any]) -> Coalesce:
    euros = CentsField(max_digits=16, decimal_places=2)
    found = Subquery(entries.annotate(sum=total()).values("sum"), output_field=euros)
    return Coalesce(found, Value(ZERO), output_field=euros)


QUERIES: dict[str, Callable[..., QuerySet[Any]]] = {
    query.__name__: query for query in (chairs, chairs_with_activities, partners, activities, sums, later, overdue)
}
