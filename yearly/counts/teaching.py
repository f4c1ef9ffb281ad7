"""Counts of what chairs teach, and of the people in training programmes."""

from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chairs.models import TeachingElement
from clusters.models import Intake, OverlapPart
from clusters.training_counts import People, people_by_year
from yearly.counts.counting import Count, Line, Number, desk_of, of_rows
from yearly.enums import CountName
from yearly.scopes import Scope

C = CountName


def _hours(column: str) -> Callable[[Scope], QuerySet[TeachingElement]]:
    """Return a function that returns the scope's teaching elements of the academic year with these hours stated."""

    def taught(scope: Scope) -> QuerySet[TeachingElement]:
        stated = TeachingElement.objects.filter(chair__in=scope.in_chairs(), year=scope.year)
        return stated.exclude(**{column: None}).select_related("chair__cluster")

    return taught


def _element(element: TeachingElement, number: Number) -> Line:
    return Line(str(element), str(element.chair), str(element.chair.cluster), number, desk_of(element.chair))


def _of_hours(name: CountName, column: str) -> Count:
    return of_rows(name, _hours(column), _element, adds=column)


def intakes(scope: Scope) -> QuerySet[Intake]:
    """Return the intakes, in public programmes, of the academic year that begins in the year."""
    found = Intake.objects.published().filter(scope.same_origin("programme__"), year=scope.year)
    return found if scope.cluster is None else found.filter(cluster=scope.cluster)


def _trained(part: str, scope: Scope) -> int:
    return getattr(people_by_year(intakes(scope)).get(scope.year, People()), part) or 0


def _intakes(part: str, scope: Scope) -> Iterator[Line]:
    """Yield a line per intake, then a negative line per overlap, for people whom several intakes count."""
    column = {"enrolled": "enrolled", "women": "women", "continuing": "continuing"}[part]
    found = intakes(scope)
    for intake in found.select_related("programme", "cluster"):
        if number := getattr(intake, column):
            name = f"{intake.programme}, {intake.academic_year}"
            yield Line(name, _("intake"), str(intake.cluster), number, desk_of(intake.programme))
    parts = OverlapPart.objects.filter(intake__in=found.order_by().values("pk"))
    overlaps: dict[int, list[OverlapPart]] = {}
    for one in parts.select_related("overlap", "intake__programme", "intake__cluster").order_by("overlap", "pk"):
        overlaps.setdefault(one.overlap_id, []).append(one)
    for theirs in overlaps.values():
        yield from _repeated(part, theirs)


def _repeated(part: str, theirs: list[OverlapPart]) -> Iterator[Line]:
    overlap = theirs[0].overlap
    people = {"enrolled": overlap.people, "women": overlap.women, "continuing": overlap.continuing}[part] or 0
    # Only intakes that state this number repeat it.
    counting = [one for one in theirs if part != "women" or one.intake.women is not None]
    if len(counting) > 1 and people:
        names = dict.fromkeys(str(one.intake.programme) for one in counting)
        clusters = dict.fromkeys(str(one.intake.cluster) for one in counting)
        taken_off = -people * (len(counting) - 1)
        programme = counting[0].intake.programme
        yield Line(
            "; ".join(names), _("counted by several intakes"), ", ".join(clusters), taken_off, desk_of(programme)
        )


def _of_training(name: CountName, part: str) -> Count:
    return Count(name, partial(_trained, part), partial(_intakes, part), is_of_chairs=False)


COUNTS = [
    _of_hours(C.TEACHING_HOURS, "hours_etd"),
    _of_hours(C.HOURS_OWED, "hours_owed"),
    _of_hours(C.HOURS_DISCHARGED, "hours_discharged"),
    _of_training(C.TRAINED, "enrolled"),
    _of_training(C.TRAINED_WOMEN, "women"),
    _of_training(C.TRAINED_CONTINUING, "continuing"),
]
