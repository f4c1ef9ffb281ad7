"""Loads incubators and business schools, which are institutions, and start-ups that a source ties to a cluster."""

from django.utils.translation import gettext as _

from chairs.enums import StartUpTie
from chairs.imports.fields import Fields, name_of
from chairs.imports.institutions import KIND as INSTITUTIONS
from chairs.imports.institutions import Institutions, load_aliases, settle_institution, tell_left
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import refuse_others, settle, settle_set
from chairs.imports.training import clusters_by_slug, clusters_named
from chairs.models import StartUp
from clusters.enums import InstitutionKind, MembershipRole, Origin
from clusters.models import Cluster, Institution, Membership
from core.slugs import address_of

START_UPS = "start_ups"


def load_incubators(records: list, file, report: Report) -> None:
    known, clusters, institutions = list(Institution.objects.all()), clusters_by_slug(), Institutions()
    for number, raw in enumerate(records, 1):
        with report.record(INSTITUTIONS, file, name_of(raw, number, "name")) as outcomes:
            fields = Fields(raw)
            about, behind = clusters_named(fields, clusters), institutions.all_named(fields, "institutions")
            former = fields.text("former_name")
            incubator, outcome = settle_institution(fields, known, report.met[INSTITUTIONS], InstitutionKind.INCUBATOR)
            outcomes.append((INSTITUTIONS, outcome))
            settle_set(incubator.institutions, behind)
            _tie(incubator, about, fields.source(), MembershipRole.INCUBATOR, outcomes)
        if outcomes and former:
            load_aliases(incubator, [former], file, report)
    tell_left(known, report)


def load_business_schools(records: list, file, report: Report) -> None:
    """Load business schools. An institution that exists already only gets its kind and its memberships."""
    known, clusters, institutions = list(Institution.objects.all()), clusters_by_slug(), Institutions()
    for number, raw in enumerate(records, 1):
        with report.record(INSTITUTIONS, file, name_of(raw, number, "name")) as outcomes:
            fields = Fields(raw)
            about = clusters_named(fields, clusters)
            if institutions.called(fields.text("name")):
                school = institutions.named(fields, "name")
                fields.check()
                refuse_others(school, "name")
                outcome = settle(school, {"kind": InstitutionKind.BUSINESS_SCHOOL})
                report.met[INSTITUTIONS].add(school.pk)
            else:
                school, outcome = settle_institution(
                    fields, known, report.met[INSTITUTIONS], InstitutionKind.BUSINESS_SCHOOL
                )
            outcomes.append((INSTITUTIONS, outcome))
            _tie(school, about, fields.source(), _role_of(fields), outcomes)
    tell_left(known, report)


def _role_of(fields: Fields) -> MembershipRole:
    """Return the membership role, or “other”: sources also write the name of an agreement here."""
    role = fields.text("role")
    return MembershipRole(role) if role in MembershipRole.values else MembershipRole.OTHER


def _tie(institution: Institution, clusters: list[Cluster], source: str, role: str, outcomes: list) -> None:
    """Add the institution to these clusters; keep a membership that the cluster's own record states."""
    present = set(institution.memberships.values_list("cluster", flat=True))
    for cluster in clusters:
        if cluster.pk not in present:
            membership = Membership(cluster=cluster, institution=institution)
            outcomes.append(("members", settle(membership, {"role": role, "source": source})))


def load_start_ups(records: list, file, report: Report) -> None:
    known = {start_up.slug: start_up for start_up in StartUp.objects.all()}
    clusters, institutions, seen = clusters_by_slug(), Institutions(), report.met[START_UPS]
    for number, raw in enumerate(records, 1):
        with report.record(START_UPS, file, name_of(raw, number, "name")) as outcomes:
            outcomes.append((START_UPS, _load_start_up(Fields(raw), known, clusters, institutions, seen)))
    report.left[START_UPS] = [
        str(start_up) for slug, start_up in known.items() if start_up.origin == Origin.SOURCED and slug not in seen
    ]


def _load_start_up(
    fields: Fields, known: dict, clusters: dict[str, Cluster], institutions: Institutions, seen: set[str]
) -> Outcome:
    about = clusters_named(fields, clusters)
    if len(about) != 1 and not fields.errors:
        fields.refuse("clusters", _("Exactly one cluster is expected here."))
    tie = fields.choice("tie", StartUpTie.values)
    if not tie:
        # No default: most sources do not prove that a start-up is a spin-off.
        fields.refuse("tie", _("What ties it to the cluster is missing."))
    values = {
        "name": fields.text("name"),
        "tie": tie,
        "incubator": institutions.named(fields, "incubator"),
        "founded_year": fields.whole("year"),
        "website": fields.source("url"),
        "sources": fields.all_sources(),
        "notes": fields.all_notes(),
    }
    fields.check()
    slug = fields.text("slug") or address_of(values["name"])
    if slug in seen:
        raise Rejected.because(_("The file has this start-up twice; only the first counts."), "name")
    seen.add(slug)
    start_up = known.get(slug) or StartUp(slug=slug, origin=Origin.SOURCED)
    refuse_others(start_up, "name")
    return settle(start_up, values | {"cluster": about[0]})
