"""Chairs, people, outputs and start-ups as linked data in their pages (core/linked_data.py)."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chairs.citation import short_link_of
from chairs.enums import TEAM_ROLES, OutputKind
from chairs.models import Appointment, Chair, Output, StartUp
from chairs.models.output import shown_authors
from chairs.outputs.entries import MAX_NAMED
from clusters.enums import Origin
from clusters.linked_data import (
    about,
    cluster_of,
    institution_of,
    person_of,
    picture_of,
    present,
    reference,
    references,
    role,
    site,
    words,
)
from clusters.models import Person
from clusters.origins import is_told
from core.linked_data import Node, identity, node, script

OUTPUT_KINDS = {
    OutputKind.PUBLICATION: "ScholarlyArticle",
    OutputKind.SOFTWARE: "SoftwareSourceCode",
    OutputKind.DATA_SET: "Dataset",
}


def chair_of(chair: Chair) -> Node | None:
    return reference("ResearchProject", chair, words(chair, "title"))


def chair_node(chair: Chair, posts: Iterable[Appointment], **said: Any) -> Node:
    """Return a chair's node, as on its page; `posts` are the appointments named there."""
    return about(
        "ResearchProject",
        chair,
        words(chair, "title"),
        alternateName=chair.acronym,
        identifier=short_link_of(chair),
        description=words(chair, "summary"),
        sameAs=site(chair.website),
        parentOrganization=cluster_of(chair.cluster),
        foundingDate=str(chair.first_year or ""),
        dissolutionDate=str(chair.last_year or ""),
        knowsAbout=[words(theme, "name") for theme in chair.themes.all()],
        member=present(_member(post) for post in posts),
        **said,
    )


def _member(post: Appointment) -> Node | None:
    # The page shows no picture of today's team members.
    is_over = post.ends_on is not None and post.ends_on < timezone.localdate()
    person = person_of(post.person, with_picture=is_over or post.role not in TEAM_ROLES)
    if person:
        bodies = (post.affiliation, post.other_affiliation)
        person = person | node("Person", affiliation=present(institution_of(body) for body in bodies))
    return role("member", person, post.get_role_display(), post.starts_on, post.ends_on)


def output_nodes(chair: Chair, outputs: Iterable[Output]) -> list[Node]:
    return [_output(output, chair) for output in outputs if is_told(output)]


def _output(output: Output, chair: Chair) -> Node:
    """Return an output's node: the authors that its list entry names, without hidden ones."""
    named = shown_authors(output.authors, output.hidden_authors)[:MAX_NAMED]
    addresses = [url for url in (output.doi_url, output.hal_url) if url]
    is_made_up = output.origin == Origin.DEMONSTRATION
    if not (output.doi or output.hal_id) and not is_made_up:
        addresses = [url for url in [site(output.url)] if url]
    return node(
        OUTPUT_KINDS[OutputKind(output.kind)],
        name=output.title,
        inLanguage=output.language,
        author=[node("Person", name=name) for name in named],
        datePublished=str(output.year or ""),
        isPartOf=node("CreativeWork", name=output.venue) if output.venue else None,
        identifier=[text for text in (output.doi, output.hal_id) if text],
        sameAs=addresses,
        sourceOrganization={"@id": identity(chair.get_absolute_url())},
        disambiguatingDescription=_("Demonstration: an invented record.") if is_made_up else "",
    )


def course_nodes(chair: Chair) -> list[Node]:
    """Return the nodes of what a chair teaches, with the institution that gives it."""
    return [
        node(
            "Course",
            name=words(element, "title"),
            learningResourceType=element.get_kind_display(),
            educationalLevel=element.level,
            provider=institution_of(element.institution),
            sourceOrganization={"@id": identity(chair.get_absolute_url())},
        )
        for element in chair.teaching.all()
    ]


def outputs_script(chair: Chair, outputs: Iterable[Output]) -> SafeString:
    """Return the script of the page of a chair's outputs; empty if the chair is not described."""
    return script(*output_nodes(chair, outputs)) if is_told(chair) else SafeString("")


def person_script(person: Person) -> SafeString:
    """Return the script of a person's page: their chairs, offices and start-ups."""
    if not is_told(person):
        return SafeString("")
    posts, offices = person.public_appointments, person.public_directorships
    held = [
        role("memberOf", chair_of(post.chair), post.get_role_display(), post.starts_on, post.ends_on) for post in posts
    ]
    led = [role("memberOf", cluster_of(one.cluster), one.get_role_display(), one.since) for one in offices]
    orcid = f"https://orcid.org/{person.stated_orcid}" if person.stated_orcid else ""
    bodies = dict.fromkeys(body for post in posts for body in (post.affiliation, post.other_affiliation) if body)
    said = about(
        "Person",
        person,
        person.name,
        image=picture_of(person),
        sameAs=[url for url in (orcid, site(person.website)) if url],
        affiliation=present(map(institution_of, bodies)),
        memberOf=present([*held, *led, *references("Organization", person.public_start_ups)]),
    )
    return script(said)


def start_up_script(start_up: StartUp, people: Iterable[Person]) -> SafeString:
    """Return the script of a start-up's page. Its tie to chairs is left out: schema.org has no term for it."""
    if not is_told(start_up):
        return SafeString("")
    said = about(
        "Organization",
        start_up,
        start_up.name,
        description=words(start_up, "summary"),
        foundingDate=str(start_up.founded_year or ""),
        sameAs=site(start_up.website),
        member=present(map(person_of, people)),
    )
    return script(said)
