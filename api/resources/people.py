"""People and institutions, as in their lists; only people who may be named."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch
from ninja import Field, Schema

from api.resource import Resource, links, of_view
from api.schemas import Named, Record, Titled, named, titled
from chairs.models import Appointment, Chair
from chairs.views.institutions import InstitutionListView, all_institutions
from chairs.views.people import PersonListView, named_people
from clusters.enums import Origin
from clusters.models import Director, Institution, Membership, Person, Photograph
from clusters.models.photograph import LARGE
from core.primary_keys import any_of


class HeldPost(Schema):
    """What somebody is in a chair."""

    chair: Titled
    role: str
    affiliation: Named | None
    laboratory: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None


class Office(Schema):
    """At the head of a cluster."""

    cluster: Named
    role: str
    since: str = Field(description="As much of the date as the source says.")
    source: str


class Picture(Schema):
    """A picture that somebody agreed to: it answers 410 once they take that back."""

    address: str
    author: str


class PersonItem(Record):
    slug: str
    name: str
    family_name: str
    orcid: str | None
    website: str
    photograph: Picture | None
    chairs: list[HeldPost]
    offices: list[Office]


class Member(Schema):
    cluster: Named
    role: str
    is_founding: bool
    source: str


class InstitutionItem(Record):
    slug: str
    name: str
    acronym: str
    kind: str
    city: str
    ror: str | None = Field(description="Its identifier in the Research Organization Registry.")
    ror_confidence: str
    aliases: list[str]
    successor: Named | None
    clusters: list[Member]
    sources: list[str]


def fetch_people(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    # A correlated subquery: otherwise SQLite would begin with all published chairs.
    published = Exists(Chair.objects.published().filter(pk=OuterRef("chair")))
    posts = Appointment.objects.named().filter(published).select_related("chair", "affiliation").order_by("pk")
    people = named_people().filter(pk__in=any_of(pks)).order_by().select_related("photograph")
    people = people.prefetch_related(
        Prefetch("appointments", posts, "shown_posts"),
        Prefetch("directorships", Director.objects.named().select_related("cluster").order_by("pk"), "shown_offices"),
    )
    return {person.pk: _person(person) for person in people}


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "links": links("people", person.pk, "chairs:person_detail", person.slug),
        "demonstration": person.origin == Origin.DEMONSTRATION,
        **{name: getattr(person, name) for name in ("slug", "name", "family_name", "website")},
        "orcid": person.stated_orcid or None,
        "photograph": _picture(person.shown_photograph),
        "chairs": [_post(post) for post in person.shown_posts],
        "offices": [_office(office) for office in person.shown_offices],
    }


def _picture(kept: Photograph | None) -> dict[str, str] | None:
    return {"address": settings.SITE_URL + kept.address(LARGE), "author": kept.author} if kept else None


def _post(post: Appointment) -> dict[str, Any]:
    own = {name: getattr(post, name) for name in ("role", "laboratory", "starts_on", "ends_on")}
    return {"chair": titled(post.chair, "title"), "affiliation": named(post.affiliation), **own}


def _office(office: Director) -> dict[str, Any]:
    return {"cluster": named(office.cluster), "role": office.role, "since": office.since, "source": office.source}


def fetch_institutions(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    members = Membership.objects.select_related("cluster").order_by("pk")
    institutions = Institution.objects.filter(pk__in=any_of(pks)).order_by().select_related("successor")
    institutions = institutions.prefetch_related("aliases", Prefetch("memberships", members))
    return {institution.pk: _institution(institution) for institution in institutions}


def _institution(institution: Institution) -> dict[str, Any]:
    own = ("slug", "name", "acronym", "kind", "city", "ror", "ror_confidence", "sources")
    return {
        "id": institution.pk,
        "links": links("institutions", institution.pk, "chairs:institution_detail", institution.slug),
        "demonstration": institution.origin == Origin.DEMONSTRATION,
        **{name: getattr(institution, name) for name in own},
        "aliases": sorted(alias.name for alias in institution.aliases.all()),
        "successor": named(institution.successor),
        "clusters": [_member(member) for member in institution.memberships.all()],
    }


def _member(member: Membership) -> dict[str, Any]:
    own = {name: getattr(member, name) for name in ("role", "is_founding", "source")}
    return {"cluster": named(member.cluster), **own}


def _why_gone(pks: Iterable[int]) -> dict[int, str]:
    left = Person.objects.filter(pk__in=any_of(pks)).values_list("pk", "is_hidden")
    return {pk: "hidden" if is_hidden else "" for pk, is_hidden in left}


PEOPLE = Resource(
    name="people",
    noun="person",
    item=PersonItem,
    public=named_people,
    find=of_view(PersonListView),
    fetch=fetch_people,
    filters={"q": "Words of a name."},
    page="chairs:person_list",
    pages=("chairs:person_detail",),
    told_by={
        "clusters_person": "id",
        "clusters_photograph": "person_id",
        "chairs_appointment": "person_id",
        "clusters_director": "person_id",
    },
    why_gone=_why_gone,
    example="?limit=2",
)
INSTITUTIONS = Resource(
    name="institutions",
    noun="institution",
    item=InstitutionItem,
    public=all_institutions,
    find=of_view(InstitutionListView),
    fetch=fetch_institutions,
    filters={"q": "Words of a name, an acronym or an alias.", "kind": "One kind: university, school, research_body, …"},
    single=("q", "kind"),
    page="chairs:institution_list",
    pages=("chairs:institution_detail",),
    told_by={
        "clusters_institution": "id",
        "clusters_institutionalias": "institution_id",
        "clusters_membership": "institution_id",
    },
    example="?kind=university&limit=2",
)
