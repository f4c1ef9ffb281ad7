"""Counts of what chairs publish, and of start-ups, patents, licences, transfers and collaborations."""

from collections.abc import Iterator
from functools import partial

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from chairs.enums import CountedKind, OutputKind
from chairs.models import CountedOutput, Output, StartUp
from collaborations.models import Collaboration
from yearly.counts.counting import Count, Line, Number, desk_of, of_rows
from yearly.enums import CountName
from yearly.scopes import Scope

C = CountName
# Outputs of two chairs with the same identifier are one work; an output without one is a work by itself.
WORK = Coalesce("doi", "hal_id", Concat(Value("#"), Cast("pk", CharField())), output_field=CharField())


def outputs(kind: str, scope: Scope) -> QuerySet[Output]:
    """Return the confirmed outputs of the year, of the scope's chairs."""
    found = Output.objects.confirmed().filter(chair__in=scope.in_chairs(), kind=kind, year=scope.year)
    return found.filter(scope.same_origin()).annotate(work=WORK)


def _works(kind: str, scope: Scope) -> int:
    return outputs(kind, scope).order_by().values("work").distinct().count()


def _listed_works(kind: str, scope: Scope) -> Iterator[Line]:
    found: dict[str, list[Output]] = {}
    for output in outputs(kind, scope).select_related("chair__cluster").order_by("title", "pk"):
        found.setdefault(output.work, []).append(output)
    for theirs in found.values():
        chairs = dict.fromkeys(str(output.chair) for output in theirs)
        clusters = dict.fromkeys(str(output.chair.cluster) for output in theirs)
        detail = "; ".join([*filter(None, [theirs[0].doi or theirs[0].hal_id]), *chairs])
        yield Line(str(theirs[0]), detail, ", ".join(clusters), 1, desk_of(theirs[0].chair))


def _of_kind(name: CountName, kind: OutputKind) -> Count:
    return Count(name, partial(_works, kind), partial(_listed_works, kind))


def start_ups(scope: Scope, first: int | None) -> QuerySet[StartUp]:
    """Return the start-ups founded from year `first` to the report's year; from any year if `first` is None."""
    found = StartUp.objects.published().filter(scope.same_origin(), founded_year__lte=scope.year)
    if first is not None:
        found = found.filter(founded_year__gte=first)
    if scope.chair is not None:
        return found.filter(chairs=scope.chair)
    return found if scope.cluster is None else found.filter(cluster=scope.cluster)


def _founded(scope: Scope) -> QuerySet[StartUp]:
    return start_ups(scope, scope.year).select_related("cluster")


def _founded_so_far(scope: Scope) -> QuerySet[StartUp]:
    return start_ups(scope, None).select_related("cluster")


def _start_up(start_up: StartUp, number: Number) -> Line:
    detail = f"{start_up.founded_year}, {start_up.get_tie_display()}"
    return Line(str(start_up), detail, str(start_up.cluster), number, desk_of(start_up))


def _counted(kind: str, scope: Scope) -> QuerySet[CountedOutput]:
    found = CountedOutput.objects.filter(chair__in=scope.in_chairs(), kind=kind, year=scope.year)
    return found.select_related("chair__cluster")


def _counted_output(output: CountedOutput, number: Number) -> Line:
    name = f"{output.get_kind_display()}, {output.year}"
    return Line(name, str(output.chair), str(output.chair.cluster), number, desk_of(output.chair))


def _of_counted(name: CountName, kind: CountedKind) -> Count:
    return of_rows(name, partial(_counted, kind), _counted_output, adds="number")


def collaborations(scope: Scope) -> QuerySet[Collaboration]:
    """Return the collaborations under way in the year: the same as in the public list of that year."""
    found = Collaboration.objects.published().running_in(scope.year).filter(scope.same_origin())
    found = found.prefetch_related("clusters")
    if scope.chair is not None:
        return found.filter(chairs=scope.chair)
    if scope.cluster is None:
        return found
    theirs = Collaboration.clusters.through.objects.filter(cluster=scope.cluster).order_by()
    return found.filter(Q(kept_by=scope.cluster) | Q(pk__in=theirs.values("collaboration")))


def _collaboration(collaboration: Collaboration, number: Number) -> Line:
    clusters = ", ".join(str(cluster) for cluster in collaboration.clusters.all())
    return Line(str(collaboration), collaboration.get_kind_display(), clusters, number, desk_of(collaboration))


COUNTS = [
    _of_kind(C.PUBLICATIONS, OutputKind.PUBLICATION),
    _of_kind(C.SOFTWARE, OutputKind.SOFTWARE),
    _of_kind(C.DATA_SETS, OutputKind.DATA_SET),
    of_rows(C.START_UPS_FOUNDED, _founded, _start_up),
    of_rows(C.START_UPS, _founded_so_far, _start_up),
    _of_counted(C.PATENTS, CountedKind.PATENT),
    _of_counted(C.LICENCES, CountedKind.LICENCE),
    _of_counted(C.TRANSFERS, CountedKind.TRANSFER),
    of_rows(C.COLLABORATIONS, collaborations, _collaboration),
]
