"""The records behind public counts (chairs, training intakes, start-ups), and the counts by the site's own functions.

None of these is in the transparency log: an auditor must trust the archive on which records exist, but can see from an
earlier archive which were added or removed.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from chairs.enums import StartUpTie
from chairs.innovation_counts import start_ups_by_year
from chairs.models import Chair, StartUp
from clusters.enums import Origin
from clusters.models import Intake, IntakeOverlap, OverlapPart, Theme
from clusters.training_counts import people_by_year
from figures.catalogue.counts import chairs_of_themes
from transparency.leaves import CHUNK

Line = dict[str, Any]
UNKNOWN = "not stated"


def chairs() -> Iterator[Line]:
    """Yield the public chairs, past ones included, with their themes."""
    themes = defaultdict(list)
    of_chairs = Chair.themes.through.objects.order_by("chair", "theme").values_list("chair", "theme")
    names = _theme_names()
    for chair, theme in of_chairs.iterator(CHUNK):
        themes[chair].append(names[theme])
    columns = ("pk", "cluster__slug", "slug", "origin")
    for pk, cluster, slug, made in Chair.objects.published().order_by("pk").values_list(*columns).iterator(CHUNK):
        yield {"record": f"{cluster}/{slug}", "demonstration": _is_made_up(made), "themes": themes[pk]}


def intakes() -> Iterator[Line]:
    """Yield the published intakes: the people whom a cluster counts in a programme; `year` is when the academic year begins."""
    columns = ("pk", "programme__slug", "cluster__slug", "year", "enrolled", "programme__origin")
    found = Intake.objects.published().order_by("pk").values_list(*columns)
    for pk, programme, cluster, year, enrolled, made in found.iterator(CHUNK):
        yield {
            "record": f"{programme}/{cluster}/{year}",
            "intake": pk,
            "year": year,
            "people": enrolled,
            "demonstration": _is_made_up(made),
        }


def overlaps() -> Iterator[Line]:
    """Yield the overlaps: how many people are counted by which intakes together."""
    intakes = defaultdict(list)
    for overlap, intake in OverlapPart.objects.order_by("pk").values_list("overlap", "intake").iterator(CHUNK):
        intakes[overlap].append(intake)
    for pk, people in IntakeOverlap.objects.order_by("pk").values_list("pk", "people").iterator(CHUNK):
        yield {"record": pk, "people": people, "intakes": intakes[pk]}


def start_ups() -> Iterator[Line]:
    columns = ("slug", "founded_year", "tie", "origin")
    for slug, year, tie, made in StartUp.objects.published().order_by("pk").values_list(*columns).iterator(CHUNK):
        yield {
            "record": slug,
            "founded": str(year or UNKNOWN),
            "spin_off": tie == StartUpTie.SPIN_OFF,
            "demonstration": _is_made_up(made),
        }


def counts() -> Iterator[Line]:
    """Yield every count that pages show and that is not zero: what is counted, real or demonstration, and of which part."""
    for what, part, real, made_up in (*_of_chairs(), *_of_people(), *_of_start_ups()):
        for made, number in (("real", real), ("demonstration", made_up)):
            if number:
                yield {"count": [what, made, part], "number": number}


def _of_chairs() -> Iterator[tuple[str, str, int, int]]:
    names = {**_theme_names(), None: UNKNOWN, 0: "all"}
    for theme, (real, made_up) in chairs_of_themes():
        yield "chairs", names[theme], real, made_up


def _of_people() -> Iterator[tuple[str, str, int, int]]:
    intakes, made_up = Intake.objects.published(), Q(programme__origin=Origin.DEMONSTRATION)
    for year, people in people_by_year(intakes.exclude(made_up)).items():
        yield "people", str(year), people.enrolled, 0
    for year, people in people_by_year(intakes.filter(made_up)).items():
        yield "people", str(year), 0, people.enrolled


def _of_start_ups() -> Iterator[tuple[str, str, int, int]]:
    for year, one in start_ups_by_year().items():
        part, spin_offs = str(year or UNKNOWN), one.spin_offs - one.invented_spin_offs
        yield "start-ups", part, one.total - one.invented, one.invented
        yield "spin-offs", part, spin_offs, one.invented_spin_offs


def _theme_names() -> dict[int | None, str]:
    return {pk: f"{cluster}/{slug}" for pk, cluster, slug in Theme.objects.values_list("pk", "cluster__slug", "slug")}


def _is_made_up(origin: str) -> bool:
    return origin == Origin.DEMONSTRATION
