"""Training programmes, start-ups, outputs and collaborations of chairs and clusters."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from ninja import Field, Schema

from api.resource import Resource, links, of_listing
from api.schemas import Named, Record, Text, Titled, named, text, titled
from chairs.models import Chair, Output, StartUp
from chairs.models.output import shown_authors
from chairs.output_listing import OutputListing
from chairs.start_up_listing import StartUpListing
from chairs.views.people import is_publicly_named
from clusters.enums import Origin
from clusters.models import Cluster, Institution, Intake, Person, Theme, TrainingProgramme
from clusters.training.listing import ProgrammeListing
from collaborations.listing import CollaborationListing, listed
from collaborations.models import Collaboration, Participant
from core.languages import content_language
from core.primary_keys import any_of


class IntakeItem(Schema):
    """The people whom one cluster counts in an academic year; somebody whom two clusters count is in both."""

    cluster: Named
    year: int = Field(description="The year in which the academic year begins.")
    enrolled: int
    completed: int | None
    women: int | None
    continuing: int


class ProgrammeItem(Record):
    slug: str
    name: Text
    summary: Text
    clusters: list[Named] = Field(description="The first keeps the record; the others share the programme.")
    level: str
    audience: str
    teaching_language: str
    place: str
    themes: list[Titled]
    institutions: list[Named]
    built_with_industry: bool | None
    website: str
    application_page: str
    applications_open_on: datetime.date | None
    apply_by: datetime.date | None
    intakes: list[IntakeItem]
    sources: list[str]


class StartUpItem(Record):
    slug: str
    name: str
    summary: Text
    cluster: Named
    tie: str = Field(description="spin_off alone says that it comes from the cluster’s research.")
    stage: str
    incubator: Named | None
    founded_year: int | None
    is_alive: bool | None
    alive_on: datetime.date | None
    website: str
    chairs: list[Titled]
    people: list[Named]
    sources: list[str]


class OutputItem(Record):
    kind: str
    title: str
    authors: list[str]
    venue: str
    year: int | None
    language: str
    doi: str | None
    hal_id: str | None
    url: str
    chair: Titled


class Taker(Schema):
    """Who takes part beside the clusters."""

    name: str
    kind: str
    country: str
    percent: float | None = Field(description="Its share of the money, where it is stated.")


class CollaborationItem(Record):
    slug: str
    title: Text
    summary: Text
    kind: str
    clusters: list[Named]
    chairs: list[Titled]
    countries: list[str] = Field(description="ISO 3166-1, two letters each.")
    starts: str = Field(description="A year, a month or a day: as much as is known.")
    ends: str
    is_intended: bool
    people: int | None
    funding: float | None = Field(description="In euros, for the whole duration.")
    website: str
    participants: list[Taker]
    sources: list[str]


def fetch_training(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    programmes = TrainingProgramme.objects.published().filter(pk__in=any_of(pks)).select_related("cluster").order_by()
    programmes = programmes.prefetch_related(
        Prefetch("shared_with", Cluster.objects.order_by("name")),
        Prefetch("themes", Theme.objects.order_by("name_key", "pk")),
        Prefetch("institutions", Institution.objects.order_by("name_key", "pk")),
        Prefetch("intakes", Intake.objects.select_related("cluster").order_by("-year", "pk")),
    )
    return {programme.pk: _programme(programme) for programme in programmes}


def _programme(programme: TrainingProgramme) -> dict[str, Any]:
    own = ("slug", "level", "audience", "teaching_language", "place", "built_with_industry", "website")
    others = ("application_page", "applications_open_on", "apply_by", "sources")
    return {
        "id": programme.pk,
        "links": links("training", programme.pk, "clusters:training_detail", programme.slug),
        "demonstration": programme.origin == Origin.DEMONSTRATION,
        **{name: getattr(programme, name) for name in (*own, *others)},
        **{name: text(programme, name) for name in ("name", "summary")},
        "clusters": [named(cluster) for cluster in (programme.cluster, *programme.shared_with.all())],
        "themes": [titled(theme) for theme in programme.themes.all()],
        "institutions": [named(institution) for institution in programme.institutions.all()],
        "intakes": [_intake(intake) for intake in programme.intakes.all()],
    }


def _intake(intake: Intake) -> dict[str, Any]:
    own = ("year", "enrolled", "completed", "women", "continuing")
    return {"cluster": named(intake.cluster), **{name: getattr(intake, name) for name in own}}


def fetch_start_ups(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    start_ups = StartUp.objects.published().filter(pk__in=any_of(pks)).select_related("cluster", "incubator")
    start_ups = start_ups.order_by().prefetch_related(
        Prefetch("chairs", Chair.objects.published().order_by("pk")),
        # Only people whom other public pages name, with their agreement.
        Prefetch("people", Person.objects.filter(is_publicly_named()).order_by("pk")),
    )
    return {start_up.pk: _start_up(start_up) for start_up in start_ups}


def _start_up(start_up: StartUp) -> dict[str, Any]:
    own = ("slug", "name", "tie", "stage", "founded_year", "is_alive", "alive_on", "website", "sources")
    return {
        "id": start_up.pk,
        "links": links("start-ups", start_up.pk, "chairs:start_up_detail", start_up.slug),
        "demonstration": start_up.origin == Origin.DEMONSTRATION,
        **{name: getattr(start_up, name) for name in own},
        "summary": text(start_up, "summary"),
        "cluster": named(start_up.cluster),
        "incubator": named(start_up.incubator),
        "chairs": [titled(chair, "title") for chair in start_up.chairs.all()],
        "people": [named(person) for person in start_up.people.all()],
    }


def _start_ups_naming(people: Iterable[int]) -> QuerySet[StartUp, int]:
    return StartUp.objects.filter(people__in=any_of(people)).order_by().values_list("pk", flat=True)


def fetch_outputs(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    outputs = Output.objects.published().filter(pk__in=any_of(pks)).select_related("chair__cluster").order_by()
    return {output.pk: _output(output) for output in outputs}


def _output(output: Output) -> dict[str, Any]:
    chair = output.chair
    return {
        "id": output.pk,
        "links": links("outputs", output.pk, "chairs:chair_output_list", chair.cluster.slug, chair.slug),
        "demonstration": Origin.DEMONSTRATION in (output.origin, chair.origin),
        **{name: getattr(output, name) for name in ("kind", "title", "venue", "year", "language", "url")},
        "doi": output.doi or None,
        "hal_id": output.hal_id or None,
        "authors": shown_authors(output.authors, output.hidden_authors),
        "chair": titled(chair, "title"),
    }


def fetch_collaborations(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    chairs = Chair.objects.published().order_by("pk")
    found = listed(Collaboration.objects.published().filter(pk__in=any_of(pks)).order_by())
    found = found.prefetch_related(Prefetch("chairs", chairs, "shown_chairs"))
    return {one.pk: _collaboration(one) for one in found}


def _collaboration(one: Collaboration) -> dict[str, Any]:
    own = ("slug", "kind", "countries", "starts", "ends", "is_intended", "people", "funding", "website", "sources")
    return {
        "id": one.pk,
        "links": links("collaborations", one.pk, "collaborations:detail", one.slug),
        "demonstration": one.origin == Origin.DEMONSTRATION,
        **{name: getattr(one, name) for name in own},
        **{name: text(one, name) for name in ("title", "summary")},
        "clusters": [named(cluster) for cluster in sorted(one.clusters.all(), key=lambda cluster: cluster.pk)],
        "chairs": [titled(chair, "title") for chair in one.shown_chairs],
        "participants": [_taker(taker) for taker in sorted(one.participants.all(), key=lambda taker: taker.pk)],
    }


def _taker(taker: Participant) -> dict[str, Any]:
    return {"name": str(taker), "kind": taker.kind, "country": taker.country, "percent": taker.percent}


def _in_order(listing: Any) -> list[int]:
    return listing.page(0, listing.count)


def _collaborations_in_order(listing: CollaborationListing) -> list[int]:
    order = f"title {content_language()}" if listing.sort == "title" else listing.sort
    return listing.sets.page(listing.found, order, 0, listing.count)


TRAINING = Resource(
    name="training",
    noun="training programme",
    item=ProgrammeItem,
    public=TrainingProgramme.objects.published,
    find=of_listing(ProgrammeListing, _in_order),
    fetch=fetch_training,
    filters={
        "q": "Words, in French or English.",
        "level": "Levels.",
        "language": "Teaching languages: `fr`, `en`.",
        "audience": "ai_experts, other_disciplines.",
        "cluster": "Clusters, by address.",
        "theme": "Themes, as `cluster/theme`.",
        "industry": "`1`: only those built with industry.",
    },
    sorts=tuple(ProgrammeListing.sorts),
    page="clusters:training_list",
    pages=("clusters:training_detail",),
    told_by={
        "clusters_trainingprogramme": "id",
        "clusters_trainingprogramme_shared_with": "trainingprogramme_id",
        "clusters_trainingprogramme_themes": "trainingprogramme_id",
        "clusters_trainingprogramme_institutions": "trainingprogramme_id",
        "clusters_intake": "programme_id",
    },
    example="?sort=name&limit=2",
)
START_UPS = Resource(
    name="start-ups",
    noun="start-up",
    item=StartUpItem,
    public=StartUp.objects.published,
    find=of_listing(StartUpListing, _in_order),
    fetch=fetch_start_ups,
    filters={
        "q": "Words of a name, a text, an incubator or a cluster.",
        "cluster": "Clusters, by address.",
        "tie": "spin_off, supported, incubator_example.",
        "stage": "project, incubated, founded, funded, acquired, closed, or `unknown`.",
        "incubator": "Incubators or schools, by address.",
        "founded": "Years, or `unknown`.",
        "alive": "yes, no, or `unknown`.",
    },
    sorts=tuple(StartUpListing.sorts),
    page="chairs:start_up_list",
    pages=("chairs:start_up_detail",),
    naming=_start_ups_naming,
    told_by={
        "chairs_startup": "id",
        "chairs_startup_chairs": "startup_id",
        "chairs_startup_people": "startup_id",
    },
    example="?sort=newest&limit=2",
)
OUTPUTS = Resource(
    name="outputs",
    noun="output",
    item=OutputItem,
    public=Output.objects.published,
    find=of_listing(OutputListing),
    fetch=fetch_outputs,
    filters={
        "q": "Words of a title, a name or a place of publication; a DOI or a HAL id.",
        "cluster": "Clusters, by address.",
        "kind": "publication, software, data_set.",
        "year": "Years.",
        "chair": "Chairs, by id.",
    },
    page="chairs:output_list",
    origins=("origin", "chair__origin"),
    told_by={"chairs_output": "id"},
    example="?limit=2",
)
COLLABORATIONS = Resource(
    name="collaborations",
    noun="collaboration",
    item=CollaborationItem,
    public=Collaboration.objects.published,
    find=of_listing(CollaborationListing, _collaborations_in_order),
    fetch=fetch_collaborations,
    filters={
        "q": "Words.",
        "kind": "Kinds.",
        "cluster": "Clusters, by address.",
        "country": "Countries, by two letters; `none` where none is stated.",
        "year": "Years in which it is under way.",
    },
    sorts=tuple(CollaborationListing.sorts),
    page="collaborations:list",
    pages=("collaborations:detail",),
    told_by={
        "collaborations_collaboration": "id",
        "collaborations_collaboration_clusters": "collaboration_id",
        "collaborations_collaboration_chairs": "collaboration_id",
        "collaborations_participant": "collaboration_id",
    },
    example="?sort=newest&limit=2",
)
