"""Chairs, as in the directory."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from ninja import Field, Schema

from api.resource import Resource, links, of_listing
from api.schemas import AsOfRecord, Named, Text, Titled, named, text, titled
from chairs.enums import ChairStatus
from chairs.listing import ChairListing
from chairs.models import Appointment, Chair, TeachingElement
from chairs.past import past_of, say_as_of, taught_by
from clusters.enums import Origin
from clusters.models import TrainingProgramme
from core.primary_keys import any_of


class Post(Schema):
    """A person in a chair: only those who may be named."""

    person: Named
    role: str
    affiliation: Named | None
    other_affiliation: Named | None
    laboratory: str
    discipline: Titled | None
    seniority: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None


class Teaching(Schema):
    title: Text
    kind: str
    level: str
    institution: Named | None
    programme: Titled | None
    year: int | None = Field(description="The year in which the academic year begins.")
    hours_etd: float | None = Field(description="Hours a year, in the equivalent of tutorials (ETD).")


class ChairItem(AsOfRecord):
    slug: str
    title: Text
    acronym: str
    cluster: Named
    kind: Titled | None
    phase: Titled
    status: str = Field(description="sourced (not stated), approved, active, suspended or closed.")
    open_to_sponsors: bool
    summary: Text
    description: Text
    topic: Text
    themes: list[Titled]
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    start_year: int | None
    end_year: int | None
    website: str
    people: list[Post]
    teaching: list[Teaching]
    sources: list[str] = Field(description="Web addresses, or references, that prove what is said.")


def fetch(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    return {chair.pk: _said(chair) for chair in _read(pks, Appointment.objects.public())}


def fetch_then(pk: int, day: datetime.date) -> tuple[dict[str, Any] | None, str]:
    for chair in _read([pk], Appointment.objects.public().on(day)):
        past = past_of(chair, day)
        if not past.was_public:
            break
        say_as_of(chair, past, day)
        said = _said(chair)
        return {**said, "on": day, "teaching": [_teaching(one) for one in taught_by(chair.teaching.all(), day)]}, ""
    return None, _("This chair was not public on %(day)s.") % {"day": date_format(day)}


def _read(pks: Iterable[int], posts: QuerySet[Appointment]) -> QuerySet[Chair]:
    chairs = Chair.objects.published().filter(pk__in=any_of(pks)).order_by()
    posts = posts.select_related("person", "affiliation", "other_affiliation", "discipline").order_by("pk")
    teaching = TeachingElement.objects.select_related("institution").order_by("pk")
    programmes = Prefetch("programme", TrainingProgramme.objects.published())
    return chairs.select_related("cluster", "kind", "phase", "rule").prefetch_related(
        "themes",
        Prefetch("appointments", posts, "shown_posts"),
        Prefetch("teaching", teaching.prefetch_related(programmes)),
    )


def _said(chair: Chair) -> dict[str, Any]:
    return {
        "id": chair.pk,
        "on": None,
        "links": links("chairs", chair.pk, "chairs:detail", chair.cluster.slug, chair.slug),
        "demonstration": chair.origin == Origin.DEMONSTRATION,
        **{name: getattr(chair, name) for name in ("slug", "acronym", "status", "website", "sources")},
        **{name: text(chair, name) for name in ("title", "summary", "description", "topic")},
        **{name: getattr(chair, name) for name in ("starts_on", "ends_on", "start_year", "end_year")},
        "cluster": named(chair.cluster),
        "kind": titled(chair.kind),
        "phase": titled(chair.phase),
        "open_to_sponsors": chair.is_fundable,
        "themes": [titled(theme) for theme in chair.themes.all()],
        "people": [_post(post) for post in chair.shown_posts],
        "teaching": [_teaching(element) for element in chair.teaching.all()],
    }


def _post(post: Appointment) -> dict[str, Any]:
    own = ("role", "laboratory", "seniority", "starts_on", "ends_on")
    bodies = {name: named(getattr(post, name)) for name in ("affiliation", "other_affiliation")}
    return {
        "person": named(post.person),
        "discipline": titled(post.discipline),
        **bodies,
        **{name: getattr(post, name) for name in own},
    }


def _teaching(element: TeachingElement) -> dict[str, Any]:
    # An unpublished programme was prefetched as None.
    return {
        "title": text(element, "title"),
        **{name: getattr(element, name) for name in ("kind", "level", "year", "hours_etd")},
        "institution": named(element.institution),
        "programme": titled(element.programme),
    }


def naming(people: Iterable[int]) -> QuerySet[Appointment, int]:
    """Return the keys of the chairs in which these people have an appointment."""
    return Appointment.objects.filter(person__in=any_of(people)).order_by().values_list("chair", flat=True)


def _why_gone(pks: Iterable[int]) -> dict[int, str]:
    left = Chair.objects.filter(pk__in=any_of(pks)).values_list("pk", "status")
    return {pk: "withdrawn" if status == ChairStatus.WITHDRAWN else "" for pk, status in left}


CHAIRS = Resource(
    name="chairs",
    noun="chair",
    item=ChairItem,
    public=Chair.objects.published,
    find=of_listing(ChairListing, lambda listing: listing.pks(0, listing.count)),
    fetch=fetch,
    fetch_then=fetch_then,
    filters={
        "q": "Words, in French or English.",
        "phase": "Phases, by address; `all` for every one. Without any filter the list opens on the current one, as the page.",
        "cluster": "Clusters, by address.",
        "open": "`1`: only those that take a sponsor now.",
        "kind": "Kinds of chair, by address.",
        "theme": "Themes, as `cluster/theme`.",
        "institution": "Institutions, by address.",
        "discipline": "Disciplines, by address.",
        "status": "sourced, approved, active, suspended, closed.",
    },
    sorts=tuple(ChairListing.sorts),
    page="chairs:list",
    pages=("chairs:detail", "chairs:chair_output_list", "sponsorships:new"),
    place=lambda said: (said["cluster"]["id"], said["slug"]),
    told_by={
        "chairs_chair": "id",
        "chairs_chair_themes": "chair_id",
        "chairs_appointment": "chair_id",
        "chairs_teachingelement": "chair_id",
    },
    naming=naming,
    why_gone=_why_gone,
    example="?phase=all&limit=2",
)
