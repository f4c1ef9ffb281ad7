"""What the public reads about a person, and from which source: shown to that person."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from chairs.models import Appointment, Output, StartUp
from clusters.enums import Origin
from clusters.models import Director, Person
from core.similar_names import are_alike


@dataclass
class Shown:
    """One thing that the site shows about a person: where, what, why, and its sources."""

    where: str
    url: str
    said: list[str]
    because: str
    sources: list[str] = field(default_factory=list)


def shown_about(person: Person) -> list[Shown]:
    """Return everything that public pages show about the person; nothing if they are hidden."""
    if person.is_hidden:
        return []
    return [*_chairs(person), *_offices(person), *_start_ups(person), *_outputs(person)]


def _chairs(person: Person) -> list[Shown]:
    posts = Appointment.objects.public().filter(person=person).select_related(
        "chair__cluster", "affiliation", "other_affiliation", "discipline"
    )  # fmt: skip
    return [
        Shown(
            where=str(post.chair),
            url=post.chair.get_absolute_url(),
            said=[text for text in (post.get_role_display(), str(post.affiliation or ""), str(post.other_affiliation or ""), post.laboratory, str(post.discipline or "")) if text],
            because=_because(post),
            sources=addresses_in(post.chair.sources) if post.chair.origin == Origin.SOURCED else [],
        )
        for post in posts.order_by("pk")
    ]  # fmt: skip


def _because(post: Appointment) -> str:
    if post.chair.origin == Origin.SOURCED:
        return _("A published source names you.")
    return _("You agreed to be named.")


def _offices(person: Person) -> list[Shown]:
    offices = Director.objects.named().filter(person=person).select_related("cluster")
    because = _("A published source names you.")
    return [
        Shown(str(one.cluster), one.cluster.get_absolute_url(), [one.get_role_display()], because, [one.source])
        for one in offices
    ]


def _start_ups(person: Person) -> list[Shown]:
    because = _("The cluster entered you among the people behind it.")
    start_ups = StartUp.objects.published().filter(people=person)
    return [Shown(str(one), one.get_absolute_url(), [], because, addresses_in(one.sources)) for one in start_ups]


def _outputs(person: Person) -> list[Shown]:
    outputs = Output.objects.confirmed().filter(chair__appointments__person=person).select_related("chair__cluster")
    because = _("The publication names you among its authors.")
    return [
        Shown(str(one), one.chair.get_absolute_url(), [one.venue] if one.venue else [], because, [one.doi_url or one.url])
        for one in outputs.distinct()
        if any(are_alike(author, person.name, of_people=True) for author in one.authors)
    ]  # fmt: skip


def addresses_in(sources: Any) -> list[str]:
    """Return the web addresses in a record's list of sources, whose items are texts or dictionaries."""
    found = [
        one if isinstance(one, str) else one.get("url", "") for one in sources or [] if isinstance(one, str | dict)
    ]
    return [one for one in dict.fromkeys(found) if one.startswith("http")]
