"""The clusters side by side: their grant, members and number of records, sorted by any column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chairs.cards.directory import directory
from chairs.cards.numbers import Number
from chairs.cards.opportunities import opportunities, read_for_opportunities
from chairs.models import StartUp
from clusters.enums import MembershipRole, Origin
from clusters.models import Cluster, Membership, Theme, TrainingProgramme
from core.tables_read import made_of

# Before a column's name, it reverses the order.
TURNED = "-"


@dataclass(frozen=True)
class Row:
    """A cluster with its counts."""

    cluster: Cluster
    chairs: Number
    open: Number
    training: Number
    start_ups: Number

    def number(self, column: str) -> Number:
        """Return the count of a column, real and made-up records apart where both exist."""
        return getattr(self, column, None) or Number(getattr(self.cluster, column), 0)


@dataclass(frozen=True)
class Column:
    """A column of the comparison; `name` is its value of `sort=` in the query string."""

    name: str
    label: Any
    key: Callable[[Row], Any]
    # Texts sort from A by default; numbers, from the largest.
    is_text: bool = False


def _counting(name: str, label: Any) -> Column:
    return Column(name, label, lambda row: (row.number(name).real, row.number(name).made_up))


COLUMNS = (
    Column("name", _("Cluster"), lambda row: str(row.cluster).casefold(), is_text=True),
    Column("city", _("City"), attrgetter("cluster.city"), is_text=True),
    Column("public_grant", _("Public grant"), attrgetter("cluster.public_grant")),
    _counting("institutions", _("Institutions")),
    _counting("axes", _("Themes")),
    _counting("chairs", _("Chairs")),
    _counting("open", _("Open activities")),
    _counting("training", _("Training programmes")),
    _counting("start_ups", _("Start-ups")),
)
DEFAULT = "name"
# Every value of `sort=`.
SORTS = frozenset(turn + column.name for column in COLUMNS for turn in ("", TURNED))


@dataclass(frozen=True)
class Heading:
    """A column's heading: the column, its present order (the value of `aria-sort`), and the `sort=` of its link."""

    column: Column
    sorted: str
    sort: str


def headings(sort: str) -> list[Heading]:
    """Return the headings of a table in this order; the link of the sorted column reverses it."""
    found = []
    for column in COLUMNS:
        is_turned = sort == TURNED + column.name
        is_here = is_turned or sort == column.name
        rises = column.is_text != is_turned
        how = ("ascending" if rises else "descending") if is_here else ""
        found.append(Heading(column, how, TURNED + column.name if sort == column.name else column.name))
    return found


def rows(sort: str) -> list[Row]:
    """Return the clusters with their counts, in one of `SORTS`; equal ones are in order of name."""
    column = next(one for one in COLUMNS if one.name == sort.removeprefix(TURNED))
    found = sorted(_rows(), key=COLUMNS[0].key)
    return sorted(found, key=column.key, reverse=column.is_text == sort.startswith(TURNED))


def _rows() -> Iterable[Row]:
    chairs = directory()
    activities = opportunities(chairs)
    made_of(*read_for_opportunities())
    training, start_ups = _by_cluster(TrainingProgramme), _by_cluster(StartUp)
    for cluster in _clusters():
        key, nothing = [f"cluster={cluster.pk}"], Number(0, 0)
        yield Row(
            cluster,
            Number.of(chairs, chairs.any_of(key)),
            Number.of(activities, activities.any_of(key)),
            training.get(cluster.pk, nothing),
            start_ups.get(cluster.pk, nothing),
        )


def _by_cluster(model: type[TrainingProgramme | StartUp]) -> dict[int, Number]:
    """Return the number of public records of this model, by cluster."""
    made_up = Q(origin=Origin.DEMONSTRATION)
    counts = {"real": Count("pk", filter=~made_up), "made_up": Count("pk", filter=made_up)}
    found = model.objects.published().order_by().values("cluster").annotate(**counts)
    return {row["cluster"]: Number(row["real"], row["made_up"]) for row in found}


def _clusters() -> QuerySet[Any]:
    shown = ("slug", "name", "acronym", "city", "public_grant")
    members = Membership.objects.exclude(role=MembershipRole.INCUBATOR)
    return Cluster.objects.only(*shown).annotate(institutions=_many(members), axes=_many(Theme.objects.all()))


def _many(records: "QuerySet[Any]") -> Coalesce:
    """Return the number of these records of a cluster, as a subquery."""
    of_cluster = records.filter(cluster=OuterRef("pk")).order_by().values("cluster")
    return Coalesce(Subquery(of_cluster.annotate(number=Count("pk")).values("number")), 0)
