"""Counts of chairs and of the people in them."""

from collections.abc import Collection, Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chairs.enums import PI_ROLES, AppointmentRole
from chairs.models import Appointment, Chair
from chairs.periods import post_runs
from yearly.counts.counting import Count, Line, Number, desk_of, of_rows
from yearly.enums import CountName
from yearly.scopes import Scope

C, R = CountName, AppointmentRole
EVERYBODY = tuple(R)


def _chairs(scope: Scope) -> QuerySet[Chair]:
    return scope.running.select_related("cluster", "kind")


def _chair(chair: Chair, number: Number) -> Line:
    return Line(str(chair), str(chair.kind or ""), str(chair.cluster), number, desk_of(chair))


def posts(scope: Scope, roles: Collection[str]) -> QuerySet[Appointment]:
    """Return the appointments with one of these roles that ran on at least one day of the year."""
    theirs = Appointment.objects.filter(chair__in=scope.in_chairs(), role__in=roles)
    return theirs.filter(post_runs(scope.first, scope.last))


def _people(roles: Collection[str], scope: Scope) -> int:
    return posts(scope, roles).order_by().values("person").distinct().count()


def _named_people(roles: Collection[str], scope: Scope) -> Iterator[Line]:
    """Yield a line per person, even with several chairs; only people who may be named have their name."""
    found: dict[int, list[Appointment]] = {}
    related = (
        posts(scope, roles).select_related("person", "chair__cluster").order_by("person__name_key", "person", "pk")
    )
    for post in related:
        found.setdefault(post.person_id, []).append(post)
    for theirs in found.values():
        chairs = dict.fromkeys(post.chair for post in theirs)
        clusters = dict.fromkeys(str(chair.cluster) for chair in chairs)
        is_named = any(post.is_named for post in theirs)
        detail = "; ".join(f"{post.get_role_display()}, {post.chair}" for post in theirs)
        name = str(theirs[0].person) if is_named else _("Not named: has not agreed to it")
        yield Line(name, detail, ", ".join(clusters), 1, desk_of(theirs[0].chair))


def _of_roles(name: CountName, roles: Collection[str]) -> Count:
    return Count(name, partial(_people, roles), partial(_named_people, roles))


COUNTS = [
    of_rows(C.CHAIRS, _chairs, _chair),
    _of_roles(C.PEOPLE, EVERYBODY),
    _of_roles(C.INVESTIGATORS, PI_ROLES),
    _of_roles(C.MEMBERS, [R.MEMBER]),
    _of_roles(C.POSTDOCS, [R.POSTDOC]),
    _of_roles(C.DOCTORAL_STUDENTS, [R.DOCTORAL_STUDENT]),
    _of_roles(C.ENGINEERS, [R.ENGINEER]),
]
