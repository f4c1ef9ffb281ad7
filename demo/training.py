"""Invented training programmes over three academic years: some shared by clusters that count the same people; with teaching."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from chairs.models import TeachingElement
from clusters.enums import Origin
from clusters.models import Cluster, Institution, Intake, IntakeOverlap, OverlapPart, TrainingProgramme
from clusters.models.intake import obstacles_of_overlap
from core.typography import set_apostrophes
from demo.cast import Cast
from demo.tally import Tally
from demo.texts import days_ago, read

TEXTS = ("name_en", "name_fr", "summary_en", "summary_fr", "level", "audience", "teaching_language", "place")
NUMBERS = ("enrolled", "completed", "women", "continuing")
OPEN_FOR = timedelta(days=80)
UNKNOWN = -1


def make_training(clusters: dict[str, Cluster], cast: Cast, tally: Tally) -> None:
    """Create the missing programmes, with their intakes and teaching."""
    for text in read("training")["programme"]:
        _make(text, clusters, cast, tally)


def _make(text: dict[str, Any], clusters: dict[str, Cluster], cast: Cast, tally: Tally) -> None:
    cluster = clusters[text["cluster"]]
    values = {name: text[name] for name in TEXTS} | {
        "cluster": cluster,
        "built_with_industry": text.get("built_with_industry"),
        "starts": text.get("starts", ""),
        "contact": f"training.{cluster.slug}@example.org",
        "website": f"https://example.org/{text['slug']}",
        "is_published": text.get("published", True),
        "origin": Origin.DEMONSTRATION,
        **_applications(text),
    }
    programme, is_new = tally.add_missing(TrainingProgramme, values, slug=text["slug"])
    if not is_new:
        return
    shared = [clusters[slug] for slug in text.get("shared_with", [])]
    programme.shared_with.set(shared)
    names = [set_apostrophes(name) for name in text["institutions"]]
    programme.institutions.set(Institution.objects.filter(name__in=names))
    themes = text.get("themes", [])
    programme.themes.set([theme for one in (cluster, *shared) for theme in one.themes.filter(slug__in=themes)])
    programme.history.update(history_user=cast.editor(cluster))
    intakes = _make_intakes(programme, text, clusters, tally)
    for line in text.get("overlap", []):
        _make_overlap(line, intakes, tally)
    for line in text.get("taught_by", []):
        _teach(programme, *line)


def _applications(text: dict[str, Any]) -> dict[str, Any]:
    """Return the fields for applications; `apply_in` is in days, negative if the deadline has passed.

    Empty without it.
    """
    if "apply_in" not in text:
        return {}
    last = days_ago(-text["apply_in"])
    page = f"https://example.org/{text['slug']}/apply"
    return {"application_page": page, "applications_open_on": last - OPEN_FOR, "apply_by": last}


def _make_intakes(
    programme: TrainingProgramme, text: dict[str, Any], clusters: dict[str, Cluster], tally: Tally
) -> dict[tuple[str, int], Intake]:
    made = {}
    for slug, lines in text.get("intakes", {}).items():
        for year, *numbers in lines:
            values = _known(dict(zip(NUMBERS, numbers, strict=True)))
            key = {"programme": programme, "cluster": clusters[slug], "year": year}
            made[slug, year] = tally.add_missing(Intake, values, **key)[0]
    return made


def _make_overlap(line: list[Any], intakes: dict[tuple[str, int], Intake], tally: Tally) -> None:
    year, people, completed, women, slugs = line
    overlap = IntakeOverlap(**_known({"people": people, "completed": completed, "women": women}))
    parts = [intakes[slug, year] for slug in slugs]
    overlap.full_clean()
    for _intake, error in obstacles_of_overlap(overlap, parts):
        raise error
    overlap.save()
    for intake in parts:
        OverlapPart.objects.create(overlap=overlap, intake=intake)
    tally[str(IntakeOverlap._meta.verbose_name_plural)] += 1


def _teach(programme: TrainingProgramme, chair: str, title: str, year: int, owed: int, discharged: int) -> None:
    """Make a teaching element of a chair part of the programme."""
    element = TeachingElement.objects.get(chair__slug=chair, chair__origin=Origin.DEMONSTRATION, title_en=title)
    hours = _known({"hours_owed": owed, "hours_discharged": discharged})
    element.programme, element.year = programme, year
    for name, value in hours.items():
        setattr(element, name, Decimal(value))
    element.full_clean()
    element.save()


def _known(values: dict[str, int]) -> dict[str, int]:
    return {name: value for name, value in values.items() if value != UNKNOWN}
