"""The clusters side by side: what each is granted, who belongs to it, and what is on record of it, in any order."""

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

# Before a column's name, it turns its order round.
TURNED = "-"


@dataclass(frozen=True)
class Row:
    """A cluster, and how much there is of it."""

    cluster: Cluster
    chairs: Number
    open: Number
    training: Number
    start_ups: Number

    def number(self, column: str) -> Number:
        """Return what a column counts: real and made-up records apart, where there are both."""
        return getattr(self, column, None) or Number(getattr(self.cluster, column), 0)


@dataclass(frozen=True)
class Column:
    """What the clusters are compared by; its name is what an address says after `sort=`."""

    name: str
    label: Any
    key: Callable[[Row], Any]
    # Words begin with A; of numbers, the largest comes first.
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
# Every order that an address can ask for.
SORTS = frozenset(turn + column.name for column in COLUMNS for turn in ("", TURNED))


@dataclass(frozen=True)
class Heading:
    """A column's heading: what it is called, how the rows stand by it now (as `aria-sort` says it), and where it leads."""

    column: Column
    sorted: str
    sort: str


def headings(sort: str) -> list[Heading]:
    """Return the headings of a table in this order; the one by which it stands leads to the same order turned round."""
    found = []
    for column in COLUMNS:
        is_turned = sort == TURNED + column.name
        is_here = is_turned or sort == column.name
        rises = column.is_text != is_turned
        how = ("ascending" if rises else "descending") if is_here else ""
        found.append(Heading(column, how, TURNED + column.name if sort == column.name else column.name))
    return found


def rows(sort: str) -> list[Row]:
    """Return the clusters with their numbers, in one of `SORTS`; those that are equal stand by their names."""
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
    """Return, by cluster, how many of its records the public sees."""
    made_up = Q(origin=Origin.DEMONSTRATION)
    counts = {"real": Count("pk", filter=~made_up), "made_up": Count("pk", filter=made_up)}
    found = model.objects.published().order_by().values("cluster").annotate(**counts)
    return {row["cluster"]: Number(row["real"], row["made_up"]) for row in found}


def _clusters() -> QuerySet[Any]:
    shown = ("slug", "name", "acronym", "city", "public_grant")
    members = Membership.objects.exclude(role=MembershipRole.INCUBATOR)
    return Cluster.objects.only(*shown).annotate(institutions=_many(members), axes=_many(Theme.objects.all()))


def _many(records: "QuerySet[Any]") -> Coalesce:
    """Return how many of these records a cluster has."""
    of_cluster = records.filter(cluster=OuterRef("pk")).order_by().values("cluster")
    return Coalesce(Subquery(of_cluster.annotate(number=Count("pk")).values("number")), 0)
