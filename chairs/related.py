"""Other chairs worth reading after this one, each with the reason: what the two share, as the public may know it."""

from dataclasses import dataclass, field

from django.db.models import Q

from chairs.models import Appointment, Chair
from clusters.models import Person, Theme

SHOWN = 4
# What is shared weighs: the same person says more than the same theme, which a whole cluster may share.
PERSON_WEIGHT, FIELD_WEIGHT, THEME_WEIGHT = 4, 2, 1


@dataclass
class Related:
    """A published chair, and what it shares with the one at hand."""

    phase_id: int
    chair: Chair | None = None
    people: dict[int, Person] = field(default_factory=dict)
    # The same employer and the same discipline, in both chairs.
    fields: dict[tuple[int, int], Appointment] = field(default_factory=dict)
    themes: dict[int, Theme] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return len(self.people) * PERSON_WEIGHT + len(self.fields) * FIELD_WEIGHT + len(self.themes) * THEME_WEIGHT


def related_chairs(chair: Chair) -> list[Related]:
    """Return at most four chairs, those that share most first; among equals those of the same phase, then the older.

    A constant number of queries. Only people who are named in both chairs count: the others leave no trace.
    """
    found: dict[int, Related] = {}
    _by_theme(chair, found)
    _by_post(chair, found)
    best = sorted(found, key=lambda pk: (-found[pk].weight, found[pk].phase_id != chair.phase_id, pk))[:SHOWN]
    rows = Chair.objects.select_related("cluster", "phase", "kind").in_bulk(best)
    for pk in best:
        found[pk].chair = rows[pk]
    return [found[pk] for pk in best]


def _by_theme(chair: Chair, found: dict[int, Related]) -> None:
    themes = {theme.pk: theme for theme in chair.themes.all()}
    shared = Chair.themes.through.objects.filter(theme__in=themes, chair__in=Chair.objects.published())
    rows = shared.exclude(chair=chair).values_list("chair", "chair__phase", "theme").order_by("theme__slug")
    for other, phase, theme in rows:
        found.setdefault(other, Related(phase)).themes[theme] = themes[theme]


def _by_post(chair: Chair, found: dict[int, Related]) -> None:
    named = [post for post in chair.appointments.all() if post.is_named]
    people = {post.person_id: post.person for post in named}
    fields = {(post.affiliation_id, post.discipline_id): post for post in named if post.affiliation and post.discipline}
    alike = Q(person__in=people) | Q(
        affiliation__in={employer for employer, _discipline in fields},
        discipline__in={discipline for _employer, discipline in fields},
    )
    others = Appointment.objects.named().filter(alike, chair__in=Chair.objects.published()).exclude(chair=chair)
    rows = others.order_by("pk").values_list("chair", "chair__phase", "person", "affiliation", "discipline")
    for other, phase, person, *at in rows:
        if person in people:
            found.setdefault(other, Related(phase)).people[person] = people[person]
        elif tuple(at) in fields:
            found.setdefault(other, Related(phase)).fields[tuple(at)] = fields[tuple(at)]
