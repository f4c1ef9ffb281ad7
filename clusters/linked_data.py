"""Clusters, institutions, people and training as linked data in their pages (core/linked_data.py)."""

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusters.enums import InstitutionKind, MembershipRole
from clusters.models import Cluster, Institution, Person, TrainingProgramme
from clusters.models.photograph import LARGE
from clusters.origins import is_made_up, is_told
from clusters.templatetags.records import host, language_of
from core.linked_data import Node, euros_of, identity, node, script

K = InstitutionKind
# All others are organisations. A museum too: in schema.org a museum is a building, which cannot be a member.
KINDS = {
    K.UNIVERSITY: "CollegeOrUniversity",
    K.SCHOOL: "CollegeOrUniversity",
    K.BUSINESS_SCHOOL: "CollegeOrUniversity",
    K.RESEARCH_BODY: "ResearchOrganization",
    K.RESEARCH_INSTITUTE: "ResearchOrganization",
    K.LABORATORY: "ResearchOrganization",
    K.COMPANY: "Corporation",
}


def about(kind: str, record: Any, name: str, path: str = "", **said: Any) -> Node:
    """Return a record's node, with its page's URL (`path` or its own); a made-up record is marked as on the page."""
    path = path or record.get_absolute_url()
    mark = _("Demonstration: an invented record.") if is_made_up(record) else ""
    url = settings.SITE_URL + path
    return node(kind, id_=identity(path), name=name, url=url, disambiguatingDescription=mark, **said)


def reference(kind: str, record: Any, name: str = "", path: str = "") -> Node | None:
    """Return a short node for a record with its own page; None for no record, or one without linked data."""
    if record is None or not is_told(record):
        return None
    return node(kind, id_=identity(path or record.get_absolute_url()), name=name or str(record))


def references(kind: str, records: Any) -> list[Node]:
    return [found for record in records if (found := reference(kind, record))]


def role(name: str, of: Node | None, label: str, first: Any = None, last: Any = None) -> Node | None:
    """Return a node for a role, with its dates; `name` is the property that holds `of`."""
    if of is None:
        return None
    dates = {"startDate": str(first or ""), "endDate": str(last or "")}
    return node("OrganizationRole", roleName=label, **dates, **{name: of})


def present(nodes: Any) -> list[Node]:
    return [one for one in nodes if one]


def words(record: Any, name: str) -> str:
    """Return a translated text as its page shows it: in the reader's language, or else in the other."""
    return getattr(record, f"{name}_{language_of(record, name)}", "") or ""


def site(url: str) -> str:
    """Return a web address that a page links to; an empty text if it is not one."""
    return url if host(url) else ""


def institution_of(institution: Institution | None) -> Node | None:
    return reference(KINDS.get(institution.kind, "Organization"), institution) if institution else None


def person_of(person: Person, *, with_picture: bool = False) -> Node | None:
    """Return a person's node, with the picture if asked and if there is one."""
    found = reference("Person", person, person.name)
    if found is None or not with_picture or (image := picture_of(person)) is None:
        return found
    return found | node("Person", image=image)


def picture_of(person: Person) -> Node | None:
    """Return the node of a person's public picture with its author, or None."""
    kept = person.shown_photograph
    if kept is None:
        return None
    return node("ImageObject", contentUrl=settings.SITE_URL + kept.address(LARGE), creditText=kept.author)


def cluster_of(cluster: Cluster) -> Node | None:
    return reference("Organization", cluster)


def cluster_script(cluster: Cluster) -> SafeString:
    """Return the script of a cluster's page, without incubators, which are not members."""
    members = [one for one in cluster.memberships.all() if one.role != MembershipRole.INCUBATOR]
    heads = [
        role("member", person_of(one.person, with_picture=True), one.get_role_display(), one.since)
        for one in cluster.directors.all()
    ]
    grant = node("MonetaryGrant", name=_("Public grant"), amount=euros_of(cluster.public_grant))
    said = about(
        "Organization",
        cluster,
        cluster.name,
        alternateName=cluster.acronym if cluster.acronym != cluster.name else "",
        description=words(cluster, "description"),
        sameAs=site(cluster.website),
        location=node("Place", name=cluster.city),
        knowsAbout=[words(theme, "name") for theme in cluster.themes.all()],
        member=present([*heads, *references("Organization", [one.institution for one in members])]),
        funding=grant if cluster.public_grant else None,
    )
    return script(said)


def institution_script(institution: Institution) -> SafeString:
    """Return the script of an institution's page; empty for a record without linked data."""
    if not is_told(institution):
        return SafeString("")
    known = institution.confirmed_ror
    of = [
        role("memberOf", cluster_of(one.cluster), one.get_role_display())
        for one in institution.memberships.all()
        if one.role != MembershipRole.INCUBATOR
    ]
    said = about(
        KINDS.get(institution.kind, "Organization"),
        institution,
        institution.name,
        alternateName=[name for name in (institution.acronym, *map(str, institution.aliases.all())) if name],
        location=node("Place", name=institution.city) if institution.city else None,
        identifier=node("PropertyValue", propertyID="ROR", value=known) if known else None,
        sameAs=institution.ror_url if known else "",
        parentOrganization=institution_of(institution.successor),
        memberOf=present(of),
    )
    return script(said)


def training_script(
    programme: TrainingProgramme, clusters: list[Cluster], institutions: list[Institution]
) -> SafeString:
    """Return the script of a programme's page: its providers (else its clusters), and the application dates."""
    if not is_told(programme):
        return SafeString("")
    providers = present(institution_of(one) for one in institutions) or present(cluster_of(one) for one in clusters)
    said = about(
        "EducationalOccupationalProgram",
        programme,
        words(programme, "name"),
        description=words(programme, "summary"),
        sameAs=site(programme.website),
        provider=providers,
        startDate=programme.starts,
        applicationStartDate=str(programme.applications_open_on or ""),
        applicationDeadline=str(programme.apply_by or ""),
    )
    return script(said)
