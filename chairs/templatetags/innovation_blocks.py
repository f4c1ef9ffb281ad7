"""Tags that show start-ups, patents, licences and transfers of chairs and clusters."""

from collections.abc import Mapping

from django import template
from django.db.models import F

from chairs.enums import CountedKind
from chairs.innovation_counts import Counted, outputs_by_kind
from chairs.models import CountedOutput, StartUp
from clusters.enums import Origin
from core.prepared import Argument, Prepared

register = template.Library()

# A cluster's page shows this many; the list of start-ups has the rest.
START_UPS_SHOWN = 12
# A table shows this many years; the yearly reports have the earlier ones.
YEARS_SHOWN = 6


@register.inclusion_tag("chairs/_counted.html")
def counted_of_chair(chair) -> dict:
    """Show a chair's patents, licences and transfers. The chair's page already says if it is invented."""
    counts: dict[str, dict[int, Counted]] = {}
    for output in chair.counted_outputs.all():
        invented = output.number if chair.origin == Origin.DEMONSTRATION else 0
        counts.setdefault(output.kind, {})[output.year] = Counted(output.number, invented)
    return {**_table(counts), "invented": 0}


@register.inclusion_tag("chairs/_cluster_innovation.html")
def cluster_innovation(cluster) -> dict:
    """Show a cluster's start-ups, and its chairs' patents, licences and transfers."""
    start_ups = _latest(cluster=cluster.pk)
    has_more = len(start_ups) > START_UPS_SHOWN
    outputs = CountedOutput.objects.published().filter(chair__cluster=cluster.pk)
    return {
        "cluster": cluster,
        "start_ups": start_ups[:START_UPS_SHOWN],
        "total": _of_cluster(cluster.pk).count() if has_more else len(start_ups),
        "shown": START_UPS_SHOWN,
        "counted": _table(outputs_by_kind(outputs)),
    }


@Prepared
def _latest():
    """Return the youngest start-ups, with one more than is shown, to know whether there are others."""
    shown = _of_cluster(Argument("cluster")).only("name", "slug", "tie", "origin", "founded_year")
    return shown.order_by(F("founded_year").desc(nulls_last=True), "name_key", "pk")[: START_UPS_SHOWN + 1]


def _of_cluster(cluster):
    return StartUp.objects.published().filter(cluster=cluster)


def _table(counts: Mapping[str, Mapping[int, Counted]]) -> dict:
    """Return the years, a row per kind, and the total of invented records."""
    years = sorted({year for of_kind in counts.values() for year in of_kind})[-YEARS_SHOWN:]
    rows, invented = [], 0
    for kind in CountedKind:
        found = [counts.get(kind, {}).get(year, Counted()) for year in years]
        numbers = [counted.number for counted in found]
        invented += sum(counted.invented for counted in found)
        if any(numbers):
            rows.append({"label": kind.label, "numbers": numbers, "total": sum(numbers)})
    return {"years": years, "rows": rows, "invented": invented}
