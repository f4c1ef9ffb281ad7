"""Related chairs, each with the reason: what it publicly shares with the chair."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, When

from chairs.models import Appointment, Chair
from clusters.models import Person, Theme
from core.languages import columns_of
from core.prepared import Argument, Keys, Prepared
from core.primary_keys import any_of

SHOWN = 4
SHOWN_OF_EACH = (
    *("cluster", "slug", "acronym", "origin", "phase", "cluster__slug", "cluster__name", "cluster__acronym"),
    *columns_of("title", "phase__name"),
)
# A shared person weighs more than a shared theme, which all chairs of a cluster may have.
PERSON_WEIGHT, FIELD_WEIGHT, THEME_WEIGHT = 4, 2, 1


@dataclass
class Related:
    """A published chair, and what it shares with the chair on the page."""

    phase_id: int
    chair: Chair | None = None
    people: dict[int, Person] = field(default_factory=dict)
    # Pairs of employer and discipline that both chairs have.
    fields: dict[tuple[int, int], Appointment] = field(default_factory=dict)
    themes: dict[int, Theme] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return len(self.people) * PERSON_WEIGHT + len(self.fields) * FIELD_WEIGHT + len(self.themes) * THEME_WEIGHT


def related_chairs(chair: Chair) -> list[Related]:
    """Return at most four chairs, those that share most first; if equal, those of the same phase, then the older.

    Takes a constant number of queries. Only people who are publicly named in both chairs count.
    """
    found: dict[int, Related] = {}
    _by_post(chair, found)
    _by_theme(chair, found)
    best = sorted(found, key=lambda pk: (-found[pk].weight, found[pk].phase_id != chair.phase_id, pk))[:SHOWN]
    rows = {chair.pk: chair for chair in _chairs(pks=best)} if best else {}
    for pk in best:
        found[pk].chair = rows[pk]
    return [found[pk] for pk in best]


def _by_theme(chair: Chair, found: dict[int, Related]) -> None:
    """Add the chairs that share most themes, and the shared themes of all chairs found.

    A chair that shares nothing else, and fewer themes than these, cannot be among the best.
    """
    themes = {theme.pk: theme for theme in chair.themes.all()}
    if not themes:
        return
    for other, phase in _sharing_most(chair=chair.pk, phase=chair.phase_id, themes=themes):
        found.setdefault(other, Related(phase))
    for other, theme in _shared_with(chairs=found, themes=themes) if found else ():
        found[other].themes[theme] = themes[theme]


def _by_post(chair: Chair, found: dict[int, Related]) -> None:
    named = [post for post in chair.appointments.all() if post.is_named]
    people = {post.person_id: post.person for post in named}
    fields = {(post.affiliation_id, post.discipline_id): post for post in named if post.affiliation and post.discipline}
    rows = _with_the_people_or_fields(
        chair=chair.pk,
        people=people,
        employers={employer for employer, _discipline in fields},
        disciplines={discipline for _employer, discipline in fields},
    )
    for other, phase, person, *at in rows if named else ():
        if person in people:
            found.setdefault(other, Related(phase)).people[person] = people[person]
        elif tuple(at) in fields:
            found.setdefault(other, Related(phase)).fields[tuple(at)] = fields[tuple(at)]


def _is_published() -> Exists:
    """Return the condition that a row's chair is published. A subquery per row: otherwise SQLite starts with all chairs."""
    return Exists(Chair.objects.published().filter(pk=OuterRef("chair")))


@Prepared
def _chairs() -> Any:
    chairs = Chair.objects.filter(pk__in=any_of(Argument("pks", Keys()))).select_related("cluster", "phase")
    return chairs.only(*SHOWN_OF_EACH)


@Prepared
def _sharing_most() -> Any:
    of_themes = Chair.themes.through.objects.filter(theme__in=any_of(Argument("themes", Keys())))
    others = of_themes.filter(_is_published()).exclude(chair=Argument("chair"))
    same_phase_first = Case(When(chair__phase=Argument("phase"), then=0), default=1)
    counted = others.values("chair", "chair__phase").annotate(shared=Count("theme"))
    return counted.order_by("-shared", same_phase_first, "chair").values_list("chair", "chair__phase")[:SHOWN]


@Prepared
def _shared_with() -> Any:
    chairs, themes = (any_of(Argument(name, Keys())) for name in ("chairs", "themes"))
    shared = Chair.themes.through.objects.filter(chair__in=chairs, theme__in=themes)
    return shared.order_by("theme__slug").values_list("chair", "theme")


@Prepared
def _with_the_people_or_fields() -> Any:
    people, employers, disciplines = (any_of(Argument(name, Keys())) for name in ("people", "employers", "disciplines"))
    alike = Q(person__in=people) | Q(affiliation__in=employers, discipline__in=disciplines)
    others = Appointment.objects.named().filter(alike, _is_published()).exclude(chair=Argument("chair"))
    return others.order_by("pk").values_list("chair", "chair__phase", "person", "affiliation", "discipline")
